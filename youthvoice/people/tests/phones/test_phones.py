"""Signing in by telephone: pages for numbers known and unknown, and one's own."""

import re

import pytest
from django.test import Client

from tests.factories import PASSWORD, SIGN_UP, PersonFactory
from youthvoice.journal.models import Entry
from youthvoice.limits import store
from youthvoice.people.models import Phone, PhoneCode, User
from youthvoice.people.phones import numbers
from youthvoice.people.tests.phones.phoning import (
    CODE,
    JOIN,
    MINE,
    NUMBER,
    OTHER,
    START,
    ask,
    type_in,
    who,
    wrong,
)

pytestmark = pytest.mark.django_db


def sign_in_with_password(client, person):
    client.post("/accounts/login/", {"login": person.username, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert who(client) == str(person.pk)


# --- Signing in --------------------------------------------------------------------------


def test_a_known_number_signs_in_with_its_code(client, owner, sent):
    asked = ask(client)
    ((number, code),) = sent
    page = client.get(CODE)

    entered = type_in(client, code)

    assert (asked.status_code, asked["Location"], number) == (302, CODE, NUMBER)
    assert re.fullmatch(r"\d{6}", code)
    assert "尾号 78" in page.text
    assert NUMBER not in page.text
    assert (entered.status_code, entered["Location"]) == (302, "/")
    assert who(client) == str(owner.pk)
    assert PhoneCode.objects.count() == 0
    assert "phone" not in client.session


def test_one_goes_where_one_was_going_but_never_to_another_site(owner, sent):
    for wanted, led_to in [("/mine/", "/mine/"), ("https://evil.example/", "/")]:
        store.empty()
        client = Client()
        client.post(f"{START}?next={wanted}", {"number": NUMBER, "next": wanted})
        assert type_in(client, sent[-1][1])["Location"] == led_to


def test_an_unknown_number_joins_with_a_name_of_its_own(client, sent):
    ask(client)
    to_join = type_in(client, sent[0][1])
    page = client.get(JOIN)

    refused = client.post(JOIN, {"nickname": "团委小王", **SIGN_UP})
    joined = client.post(JOIN, {"nickname": " 中牟  小李 ", **SIGN_UP})

    person = User.objects.get()
    assert (to_join["Location"], page.status_code) == (JOIN, 200)
    assert (refused.status_code, "容易让人认错" in refused.text) == (422, True)
    assert (joined.status_code, joined["Location"]) == (302, "/")
    assert who(client) == str(person.pk)
    assert (person.nickname, person.email, person.has_usable_password()) == ("中牟 小李", "", False)
    assert (person.phone.ending, bytes(person.phone.digest)) == ("78", numbers.digest(NUMBER))
    assert not Entry.objects.exists()  # they would tell the moment of a sign-up
    assert PhoneCode.objects.count() == 0


def test_the_greeting_calls_people_by_their_nickname(client, owner, sent):
    ask(client)
    type_in(client, sent[0][1])

    page = client.get("/accounts/profile/").text

    greeting = page.partition('class="messages"')[2].partition("</ul>")[0]
    assert "小李" in greeting
    assert owner.username not in greeting


def test_whoever_joined_comes_back_to_the_same_account(client, sent):
    ask(client)
    type_in(client, sent[0][1])
    client.post(JOIN, {"nickname": "小李", **SIGN_UP})
    store.empty()
    other = Client()

    ask(other, f"+86 {NUMBER}")
    type_in(other, sent[1][1])

    assert who(other) == str(User.objects.get().pk)


def test_a_closed_account_stays_closed(client, owner, sent):
    User.objects.update(is_active=False)

    ask(client)
    entered = type_in(client, sent[0][1])

    assert (entered["Location"], who(client)) == ("/accounts/data/back/", None)


def test_somebody_signed_in_is_led_to_their_own_page(client, owner, sent):
    client.force_login(owner)

    assert [ask(client)["Location"], client.get(START)["Location"]] == [MINE, MINE]
    assert client.get(JOIN)["Location"] == MINE
    assert sent == []


# --- Known and unknown are alike ---------------------------------------------------------


_OWN = ("ETag", "Content-Length", "Expires", "Retry-After")


def plain(response, number, code):
    """An answer without what differs from one asking to the next: token, time, what was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.text)
    text = re.sub(r"请 \d+ 分钟", "", text)
    text = text.replace(number, "NUMBER").replace(wrong(code), "CODE")
    heads = {name: value for name, value in response.items() if name not in _OWN}
    cookies = sorted((name, morsel["path"]) for name, morsel in response.cookies.items())
    return response.status_code, text, heads, cookies


def test_the_same_words_whether_a_number_is_known(owner, sent):
    stories = []
    for number in (NUMBER, "13812341178"):
        client = Client()
        client.get(START)
        story = [ask(client, number), client.get(CODE)]
        story += [type_in(client, wrong(sent[-1][1])) for _ in range(3)]
        story += [client.get(START), ask(client, number)]
        stories.append([plain(answer, *sent[-1]) for answer in story])

    assert stories[0] == stories[1]
    assert [answer[0] for answer in stories[0]] == [302, 200, 422, 422, 302, 200, 429]


# --- One's own page ----------------------------------------------------------------------


def test_a_number_is_added_to_an_account_and_opens_it(client, sent):
    person = PersonFactory()
    sign_in_with_password(client, person)

    asked = client.post(MINE, {"number": NUMBER})
    kept = type_in(client, sent[0][1])
    page = client.get(MINE)

    assert (asked["Location"], kept["Location"]) == (CODE, MINE)
    assert "现在是尾号 78 的号码" in page.text
    assert "手机号记下了" in page.text
    assert Entry.objects.filter(verb="person.phone_added", actor=person.pk).count() == 1
    store.empty()
    other = Client()
    ask(other)
    type_in(other, sent[1][1])
    assert who(other) == str(person.pk)


def test_another_number_takes_the_place_of_the_first(client, owner, sent):
    sign_in_with_password(client, owner)

    client.post(MINE, {"number": OTHER})
    type_in(client, sent[0][1])

    assert bytes(Phone.objects.get().digest) == numbers.digest(OTHER)


def test_a_number_of_another_account_is_not_taken_from_it(client, owner, sent):
    sign_in_with_password(client, PersonFactory())

    client.post(MINE, {"number": NUMBER})
    told = client.post(CODE, {"code": sent[0][1]}, follow=True)

    assert "已经在另一个账号上了" in told.text
    assert Phone.objects.get().person == owner


def test_whoever_finds_an_open_browser_is_asked_for_the_password_first(client, owner, sent):
    client.force_login(owner)

    answers = [client.get(MINE), client.post(MINE, {"number": OTHER}),
               client.post("/accounts/phone/remove/")]  # fmt: skip

    again = "/accounts/reauthenticate/?next=/accounts/phone/mine/"
    assert [answer["Location"] for answer in answers] == [again] * 3
    assert sent == []
    assert OTHER not in str(client.session.items())
    assert Phone.objects.count() == 1


def test_a_number_is_taken_away_where_a_password_is_left(client, owner):
    sign_in_with_password(client, owner)

    page = client.post("/accounts/phone/remove/", follow=True)

    assert "手机号删掉了" in page.text
    assert Phone.objects.count() == 0
    assert Entry.objects.filter(verb="person.phone_removed").count() == 1


def test_the_only_way_in_is_not_taken_away(client, owner):
    owner.set_unusable_password()
    owner.save()
    client.force_login(owner)

    page = client.post("/accounts/phone/remove/", follow=True)

    assert "唯一的登录办法" in page.text
    assert Phone.objects.count() == 1


def test_a_code_for_ones_page_signs_nobody_in(client, owner, sent):
    sign_in_with_password(client, owner)
    client.post(MINE, {"number": OTHER})
    session = client.session
    told = session["phone"]
    client.post("/accounts/logout/")
    session = client.session
    session["phone"] = told
    session.save()

    assert type_in(client, sent[0][1])["Location"] == START
    assert client.get(JOIN)["Location"] == START


# --- Off ---------------------------------------------------------------------------------


def test_without_a_gateway_no_page_speaks_of_telephones(client, owner, settings):
    settings.SMS_URL = ""
    client.force_login(owner)

    pages = [START, CODE, JOIN, MINE, "/accounts/phone/remove/"]
    assert [client.get(page).status_code for page in pages] == [404] * 5
    assert [client.post(page).status_code for page in pages] == [404] * 5
    texts = [client.get("/accounts/profile/").text]
    texts += [Client().get(f"/accounts/{page}/").text for page in ("login", "signup")]
    assert ["/accounts/phone/" in text for text in texts] == [False] * 3


def test_with_one_the_pages_lead_there(client, owner):
    client.force_login(owner)

    assert f'href="{MINE}"' in client.get("/accounts/profile/").text
    assert f'href="{START}?next=/mine/"' in Client().get("/accounts/login/?next=/mine/").text
    assert f'href="{START}"' in Client().get("/accounts/signup/").text
