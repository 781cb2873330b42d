"""The code and the number: how often, how long, and what is kept of either."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from tests.factories import MONDAY, SIGN_UP, PersonFactory
from youthvoice.clock import registry
from youthvoice.journal.models import Entry
from youthvoice.limits import store
from youthvoice.limits.choices import What
from youthvoice.limits.networks import Visit
from youthvoice.limits.tests.filling import fill, fill_up, used
from youthvoice.people.devices.sessions import SessionStore
from youthvoice.people.models import PhoneCode, User
from youthvoice.people.phones import actions, numbers, sms
from youthvoice.people.tests.phones.phoning import (
    CODE,
    JOIN,
    NUMBER,
    OTHER,
    START,
    ask,
    give,
    type_in,
    who,
    wrong,
)

pytestmark = pytest.mark.django_db


# --- The code ----------------------------------------------------------------------------


def test_three_tries_and_the_right_one_comes_too_late(client, owner, sent):
    ask(client)
    code = sent[0][1]

    answers = [type_in(client, wrong(code)) for _ in range(3)]
    late = type_in(client, code)

    assert [answer.status_code for answer in answers] == [422, 422, 302]
    assert "还可以试 2 次" in answers[0].text
    assert "还可以试 1 次" in answers[1].text
    assert (late["Location"], who(client)) == (START, None)
    assert "错了三次" in client.get(START).text


def test_a_try_at_the_same_moment_gains_nothing(owner, sent):
    """Three browsers with one session: the database counts, not the page."""
    code = actions.send_code(number=NUMBER, visit=Visit("n"), at=MONDAY)
    for _ in range(2):
        with pytest.raises(actions.WrongCode):
            actions.prove(key=code.key, typed=wrong(sent[0][1]), at=MONDAY)
    with pytest.raises(actions.CodeIsOver):
        actions.prove(key=code.key, typed=wrong(sent[0][1]), at=MONDAY)
    with pytest.raises(actions.CodeIsOver):
        actions.prove(key=code.key, typed=sent[0][1], at=MONDAY)


def test_a_code_works_for_five_minutes(owner, sent):
    code = actions.send_code(number=NUMBER, visit=Visit("n"), at=MONDAY)
    late = MONDAY + timedelta(minutes=5)

    with pytest.raises(actions.CodeIsOver):
        actions.prove(key=code.key, typed=sent[0][1], at=late)
    assert actions.prove(key=code.key, typed=sent[0][1], at=late - timedelta(seconds=1)).proved


def test_a_code_works_once(owner, sent):
    code = actions.send_code(number=NUMBER, visit=Visit("n"), at=MONDAY)
    actions.prove(key=code.key, typed=sent[0][1], at=MONDAY)

    with pytest.raises(actions.CodeIsOver):
        actions.prove(key=code.key, typed=sent[0][1], at=MONDAY)
    assert actions.enter(key=code.key, at=MONDAY) == owner
    assert actions.enter(key=code.key, at=MONDAY) is None


def test_a_code_belongs_to_the_browser_that_asked(client, owner, sent):
    ask(client)

    stranger = type_in(Client(), sent[0][1])

    assert stranger["Location"] == START
    assert PhoneCode.objects.get().tries == 0


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５", "12345\x00"])
def test_what_is_no_code_costs_no_try(client, owner, sent, typed):
    ask(client)

    assert type_in(client, typed).status_code == 422
    assert PhoneCode.objects.get().tries == 0


@pytest.mark.parametrize(
    "said", ["【青年之声】您的验证码是 %s，5分钟内有效。", "验证码：\u200b%s", "\u202d%s\u202c"]
)
def test_the_message_that_it_came_in_costs_no_try(client, owner, sent, said):
    ask(client)

    type_in(client, said % sent[0][1])

    assert who(client) == str(owner.pk)


def test_a_code_may_be_typed_with_spaces_and_in_full_width(client, owner, sent):
    ask(client)
    code = sent[0][1]

    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    type_in(client, f" {wide[:3]} {wide[3:]} ")

    assert who(client) == str(owner.pk)


def test_pages_out_of_turn_lead_back_to_the_first(client, sent):
    assert [client.get(page)["Location"] for page in (CODE, JOIN)] == [START, START]
    ask(client)
    # Not proved yet.
    assert client.post(JOIN, {"nickname": "小李", **SIGN_UP})["Location"] == START
    assert not User.objects.exists()


def test_a_proved_number_waits_half_an_hour(sent):
    code = actions.send_code(number=NUMBER, visit=Visit("n"), at=MONDAY)
    actions.prove(key=code.key, typed=sent[0][1], at=MONDAY)

    with pytest.raises(actions.CodeIsOver):
        actions.join(key=code.key, fill=lambda person: None, at=MONDAY + timedelta(minutes=30))
    assert not User.objects.exists()


def test_two_windows_of_one_telephone_make_one_account(client, sent):
    other = Client()
    ask(client)
    type_in(client, sent[0][1])
    store.empty()
    ask(other)
    type_in(other, sent[1][1])
    client.post(JOIN, {"nickname": "小李", **SIGN_UP})

    second = other.post(JOIN, {"nickname": "小李二", **SIGN_UP})

    person = User.objects.get()
    assert (second.status_code, who(other)) == (302, str(person.pk))


def test_of_two_joining_at_the_same_moment_one_does(sent):
    code = actions.send_code(number=NUMBER, visit=Visit("n"), at=MONDAY)
    actions.prove(key=code.key, typed=sent[0][1], at=MONDAY)
    give(PersonFactory(), NUMBER)

    with pytest.raises(actions.CodeIsOver):
        actions.join(key=code.key, fill=lambda person: None, at=MONDAY)
    assert User.objects.count() == 1


# --- Limits ------------------------------------------------------------------------------


def test_one_code_a_minute_for_a_number_and_it_is_said_how_long_to_wait(client, sent):
    ask(client)
    again = ask(Client(), f"+86-{NUMBER}", REMOTE_ADDR="203.0.113.9")

    assert (again.status_code, len(sent)) == (429, 1)
    assert 0 < int(again["Retry-After"]) <= 120
    assert re.search("这个号码刚刚收过验证码，请 [12] 分钟后再试。", again.text)
    assert ask(Client(), OTHER).status_code == 302


def test_five_codes_a_day_for_a_number(sent):
    for n in range(5):
        actions.send_code(number=NUMBER, visit=Visit(f"n{n}"), at=MONDAY + timedelta(minutes=3 * n))
    with pytest.raises(actions.limits.TooMany) as caught:
        actions.send_code(number=NUMBER, visit=Visit("n6"), at=MONDAY + timedelta(hours=20))

    assert "今天收过五次" in str(caught.value)
    actions.send_code(number=NUMBER, visit=Visit("n6"), at=MONDAY + timedelta(hours=25))
    assert len(sent) == 6


def test_a_network_gets_twenty_codes_an_hour(client, sent):
    fill(What.PHONE_NETWORK, "127.0.0.1", left=1)

    answers = [ask(Client(), f"1381234{n:04d}").status_code for n in range(2)]

    assert answers == [302, 429]


def test_joining_is_counted_as_a_sign_up(client, sent):
    ask(client)
    type_in(client, sent[0][1])
    fill_up(What.SIGN_UP, "127.0.0.1")

    refused = client.post(JOIN, {"nickname": "小李", **SIGN_UP})

    assert (refused.status_code, User.objects.count()) == (429, 0)
    assert "你用的网络刚才注册得太多" in refused.text


def test_a_message_that_did_not_leave_is_told_and_costs_no_day(client, monkeypatch):
    def fail(number, code, *, at):
        raise sms.UnableToSend

    monkeypatch.setattr(sms, "send", fail)
    answer = ask(client)

    assert (answer.status_code, "短信没有发出去" in answer.text) == (422, True)
    assert PhoneCode.objects.count() == 0
    assert used(What.PHONE_DAY, numbers.digest(NUMBER).hex()) == 0


def test_codes_that_are_over_are_dropped(sent):
    assert "phones.forget" in {step.name for step in registry.steps()}
    actions.send_code(number=NUMBER, visit=Visit("n"), at=MONDAY)
    actions.forget(at=MONDAY + timedelta(minutes=4))
    assert PhoneCode.objects.count() == 1
    actions.forget(at=MONDAY + timedelta(minutes=5))
    assert PhoneCode.objects.count() == 0


# --- What is kept ------------------------------------------------------------------------


def test_neither_number_nor_code_stands_anywhere_in_the_database(client, sent):
    ask(client)
    during = everything()
    type_in(client, sent[0][1])
    client.post(JOIN, {"nickname": "小李", **SIGN_UP})

    assert len(sent) == 1
    for rows in (during, everything()):
        assert [row for row in rows for word in sent[0] if word in row] == []


def everything():
    """Every row as text, sessions read as they are meant."""
    rows = [str(SessionStore().decode(session.session_data)) for session in Session.objects.all()]
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608 - our own tables
            # Without signatures and times, in which six digits may stand by chance.
            rows += [
                " ".join(str(bytes(v) if isinstance(v, memoryview) else v) for v in row)
                for row in cursor.fetchall()
                if model not in (Session, Entry)
            ]
    return rows


def test_what_is_stored_needs_the_key(settings):
    with_key = numbers.digest(NUMBER), numbers.code_digest("123456", nonce="a")
    settings.PHONE_KEY = "another"

    assert numbers.digest(NUMBER) != with_key[0]
    assert numbers.code_digest("123456", nonce="a") != with_key[1]
    assert len(with_key[0]) == 32
    assert numbers.code_digest("123456", nonce="b") != numbers.code_digest("123456", nonce="a")


@pytest.mark.parametrize(
    "typed",
    ["13812340078", "+8613812340078", "+86 138 1234 0078", "86-138-1234-0078", "008613812340078",
     "138.1234.0078", "(138) 1234 0078", "１３８１２３４００７８", " 13812340078\t",
     "\u202d13812340078\u202c",
     "138\u00a01234\u00a00078", "手机号：138–1234–0078", "138१२३४००७८",
     "1\u200b38 1234 0078", "幺三八 1234 0078"],
)  # fmt: skip
def test_a_number_is_read_however_it_is_typed(typed):
    assert numbers.read(typed) == NUMBER


@pytest.mark.parametrize(
    "typed",
    ["", "1381234007", "138123400788", "12812340078", "10012340078", "+1 202 555 0100",
     "0371-6666666", "abc", "138½½½½½½½½", "13812340078\x00", "8" * 41,
     "13812340078,13912340099", "1" * 11],
)  # fmt: skip
def test_what_is_no_mainland_mobile_is_refused_with_a_sentence(client, sent, typed):
    answer = ask(client, typed)

    assert (answer.status_code, sent) == (422, [])
    assert 'id="errors"' in answer.text
