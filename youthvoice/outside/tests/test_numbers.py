"""The asker lets other bodies see the telephone in their question, and takes it back."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core import signing

from tests.factories import MONDAY, OrganisationFactory, PersonFactory, ask, asker_of, member
from youthvoice.cases.actions import UnableToMove
from youthvoice.cases.tests.working import HOUR, refer
from youthvoice.journal.actions import record
from youthvoice.journal.models import Entry
from youthvoice.kit import holdings
from youthvoice.kit.clock import start_of_day
from youthvoice.orgs.choices import Role
from youthvoice.outside import actions, queries
from youthvoice.outside.models import NumbersRelease
from youthvoice.outside.tests.by_letter import issue
from youthvoice.people.choices import AgeBand
from youthvoice.people.models import User
from youthvoice.questions import actions as questions
from youthvoice.questions import viewers
from youthvoice.questions.choices import HideReason
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer
from youthvoice.safety import personal
from youthvoice.safety.tests.disguises import DISGUISED
from youthvoice.site import namelessness
from youthvoice.yours import nameless

pytestmark = pytest.mark.django_db
PHONE = "13812345678"
TEXT = f"打我电话 {PHONE}，微信号 abcdef123。"
LATER = MONDAY + timedelta(minutes=7)


@pytest.fixture
def named(house):
    return ask(by=PersonFactory(), title="工资拖了两个月", text=TEXT)


@pytest.fixture
def unnamed(house):
    """The form refuses such numbers to whoever leaves no name; older questions may hold some."""
    return ask(title="工资拖了两个月", text=TEXT)


def release(question, *, by=None, is_grown=True, at=LATER):
    actions.release_numbers(
        question=question, by=by or asker_of(question), is_grown=is_grown, at=at
    )


def keep(question, *, by=None, at=LATER + HOUR):
    actions.keep_numbers(question=question, by=by or asker_of(question), at=at)


def verbs():
    found = Entry.objects.filter(verb__startswith="case.numbers").order_by("seq")
    return [entry.verb for entry in found]


# --- The act -----------------------------------------------------------------------------


def test_it_is_off_until_its_asker_says_so_once(named):
    assert queries.shows_numbers(named) is False

    release(named)
    release(named, at=LATER + HOUR)

    assert queries.shows_numbers(named) is True
    assert NumbersRelease.objects.get().said_at == LATER
    [entry] = Entry.objects.filter(verb="case.numbers_released")
    assert (entry.actor, entry.at, entry.data) == (named.author_id, LATER, {"question": named.pk})


def test_it_is_taken_back_at_any_time(named):
    release(named)

    keep(named)
    keep(named)

    assert queries.shows_numbers(named) is False
    assert not NumbersRelease.objects.exists()
    assert verbs() == ["case.numbers_released", "case.numbers_kept"]


def test_of_a_nameless_asker_the_day_alone_is_kept_and_nobody_is_named(unnamed):
    release(unnamed)
    keep(unnamed)
    release(unnamed)

    assert NumbersRelease.objects.get().said_at == start_of_day(LATER)
    entries = Entry.objects.filter(verb__startswith="case.numbers")
    assert {(entry.actor, entry.at) for entry in entries} == {(None, start_of_day(LATER))}
    assert namelessness.audit([]).links == []


def test_the_audit_finds_an_entry_that_names_a_nameless_asker(unnamed):
    data = {"question": unnamed.pk}
    for verb in ("case.numbers_released", "case.numbers_kept"):
        record(verb, subject=unnamed.case, actor=PersonFactory(), at=MONDAY, data=data)

    found = {(link.where, link.what) for link in namelessness.audit([]).links}
    assert found == {("journal.entry.actor", "2 entries name who asked")}


def test_nobody_says_it_for_another(house, named, unnamed):
    for question in (named, unnamed):
        for person in (PersonFactory(), member(house.city, Role.LEAD)):
            by = Viewer(person)
            with pytest.raises(UnableToMove, match="只有提问者"):
                release(question, by=by)
            with pytest.raises(UnableToMove, match="只有提问者"):
                keep(question, by=by)


@pytest.mark.parametrize("band", [AgeBand.UNDER_14, AgeBand.YOUTH, ""])
def test_who_is_not_known_to_be_of_age_releases_nothing(house, band):
    """As for publishing numbers: a guardian isn't asked, for nothing is given out at all."""
    question = ask(by=PersonFactory(age_band=band), text=TEXT)

    with pytest.raises(UnableToMove, match="18"):
        release(question)

    assert not NumbersRelease.objects.exists()


def test_who_says_later_that_they_are_younger_is_masked_again_and_may_take_it_back(named):
    release(named)
    User.objects.filter(pk=named.author_id).update(age_band=AgeBand.YOUTH)

    assert queries.shows_numbers(named) is False
    keep(Question.objects.get(pk=named.pk))
    assert not NumbersRelease.objects.exists()


def test_without_a_name_it_takes_the_word_that_one_is_of_age(unnamed):
    with pytest.raises(UnableToMove, match="没满 18 岁"):
        release(unnamed, is_grown=False)


def test_where_there_are_no_numbers_there_is_nothing_to_release(house):
    with pytest.raises(UnableToMove, match="没有电话"):
        release(ask(by=PersonFactory()))


# --- Words that go ------------------------------------------------------------------------


def test_taking_the_question_back_takes_the_release_back(named, unnamed):
    for question in (named, unnamed):
        release(question)
        questions.delete_question(question=question, by=asker_of(question), at=LATER)

    assert not NumbersRelease.objects.exists()


def test_hiding_takes_it_back_also_when_it_is_shown_again(house, named):
    release(named)
    judge = member(house.province, Role.OPERATOR)
    questions.hide(words=named, reason=HideReason.ABUSE, by=judge, at=LATER)
    questions.show_again(words=named, by=judge, at=LATER)

    assert queries.shows_numbers(named) is False


def test_withholding_leaves_it(named):
    release(named)
    questions.withhold_question(question=named, by=None, at=LATER)

    assert queries.shows_numbers(named) is True


def test_leaving_deletes_it_and_leaves_others(named):
    other = ask(by=PersonFactory(), text=TEXT)
    release(named)
    release(other)

    holdings.erase([holdings.Leaver(named.author_id)], at=LATER)

    assert [row.case.question_id for row in NumbersRelease.objects.all()] == [other.pk]


def test_a_nameless_question_is_erased_with_it(unnamed):
    release(unnamed)
    questions.erase_nameless_question(question=unnamed, by=asker_of(unnamed), at=LATER)

    assert not NumbersRelease.objects.exists()


def test_it_is_given_to_its_asker_with_their_data(named, unnamed):
    release(named)
    release(unnamed)
    holding = holdings.of("outside.NumbersRelease")

    assert [row.said_at for row in holding.rows(named.author_id)] == [LATER]
    out = io.BytesIO()
    nameless.pack_question(out, unnamed)
    with zipfile.ZipFile(out) as packet:
        told = json.loads(packet.read("全部.json"))
    assert len(told["转办时给别的单位看电话等"]) == 1


# --- What a body is handed -----------------------------------------------------------------


def test_the_bodys_page_masks_until_it_is_released_and_ours_never(client, at, named):
    body = OrganisationFactory(kind="expert")
    token, code = issue(refer(named, body, at=MONDAY)[0])
    client.post(f"/out/{token}/", {"code": code})

    masked = client.get(f"/out/{token}/").content.decode()
    release(named)
    shown = client.get(f"/out/{token}/").content.decode()

    assert PHONE not in masked
    assert "138••••••••" in masked
    assert "遮住了" in masked
    assert PHONE in shown
    assert "遮住了" not in shown
    assert "同意你们看到上面的电话" in shown
    assert PHONE in client.get(f"/q/{named.pk}/").content.decode()


# --- The pages -----------------------------------------------------------------------------


def page(client, question, **sent):
    path = f"/q/{question.pk}/numbers/"
    return client.post(path, sent) if sent else client.get(path)


def by_receipt(client, question):
    client.cookies[viewers.COOKIE] = signing.dumps([question.pk], salt="youthvoice.receipts")


def test_the_asker_chooses_and_takes_back_on_a_page(client, at, named):
    client.force_login(named.author)
    assert "现在：遮住。" in page(client, named).content.decode()

    assert page(client, named, choice="show").status_code == 302
    assert "收不回来" in page(client, named).content.decode()
    assert queries.shows_numbers(named) is True

    assert page(client, named, choice="mask").status_code == 302
    assert queries.shows_numbers(named) is False


def test_by_receipt_it_asks_whether_one_is_of_age(client, at, unnamed):
    by_receipt(client, unnamed)
    assert 'name="of_age"' in page(client, unnamed).content.decode()

    refused = page(client, unnamed, choice="show")
    assert refused.status_code == 422
    assert "一律遮住" in refused.content.decode()

    assert page(client, unnamed, choice="show", of_age="on").status_code == 302
    assert NumbersRelease.objects.get().said_at == start_of_day(MONDAY)


def test_a_signed_in_holder_of_the_receipt_is_asked_for_no_consent_and_named_nowhere(
    client, at, unnamed
):
    person = PersonFactory(consents=False)
    client.force_login(person)
    by_receipt(client, unnamed)

    assert page(client, unnamed, choice="show", of_age="on").status_code == 302
    assert not Entry.objects.filter(actor=person.pk).exists()


def test_others_learn_of_nothing(client, at, named):
    assert page(client, named).status_code == 404
    client.force_login(PersonFactory())
    assert page(client, named).status_code == 404
    assert page(client, named, choice="show").status_code == 404


@pytest.mark.parametrize("sent", [{"choice": ""}, {"choice": "<b>"}, {"choice": "x" * 5000}])
def test_what_is_no_choice_is_refused_with_a_sentence(client, at, named, sent):
    client.force_login(named.author)

    refused = page(client, named, **sent)

    assert refused.status_code == 422
    assert "请点一个" in refused.content.decode()


def test_a_minor_reads_that_nothing_is_shown(client, at, house):
    question = ask(by=PersonFactory(age_band=AgeBand.YOUTH), text=TEXT)
    client.force_login(question.author)

    shown = page(client, question).content.decode()

    assert "一律遮住" in shown
    assert 'value="show"' not in shown
    assert page(client, question, choice="show").status_code == 422


def test_only_its_asker_is_led_there_and_only_where_there_is_something_to_choose(
    client, at, house, named
):
    way = f"/q/{named.pk}/numbers/"
    me = f"/me/q/{named.pk}/"
    assert way not in client.get(me).content.decode()
    client.force_login(named.author)
    assert "会遮住" in client.get(me).content.decode()
    assert way in client.get(f"/q/{named.pk}/act/").content.decode()
    release(named)
    assert "可以给他们看" in client.get(me).content.decode()

    plain = ask(by=named.author)
    assert "/numbers/" not in client.get(f"/me/q/{plain.pk}/").content.decode()
    young = ask(by=PersonFactory(age_band=AgeBand.YOUTH), text=TEXT)
    client.force_login(young.author)
    assert "/numbers/" not in client.get(f"/me/q/{young.pk}/").content.decode()


def test_where_there_are_no_numbers_it_costs_no_query(house, django_assert_num_queries):
    question = ask(by=PersonFactory())
    with django_assert_num_queries(0):
        assert queries.numbers_choice(asker_of(question), question) == ""


@pytest.mark.parametrize("kind", DISGUISED)
def test_what_is_handed_on_holds_no_disguised_number(kind):
    for said in DISGUISED[kind]:
        question = Question(title=f"请看：{said}", text=f"第一段。\n\n请看：{said}。谢谢")
        handed_on = queries.handed_on(question, shows_numbers=False)

        assert queries.holds_numbers(question), said
        assert handed_on.is_masked
        assert not personal.find(handed_on.title), said
        assert not personal.find(handed_on.text), said
