"""A letter by mail: ordered by the holder, sent by the clock, its code apart from it."""

from datetime import timedelta

import pytest
from django.core import mail

from tests.factories import MONDAY, PersonFactory, ask, asker_of, member
from youthvoice.cases import actions as cases
from youthvoice.cases.actions import UnableToMove
from youthvoice.cases.tests.working import DAY, HOUR, refer
from youthvoice.journal.models import Entry
from youthvoice.orgs.models import Organisation
from youthvoice.outside import actions, queries
from youthvoice.outside.actions import Tried, mail_to_bodies
from youthvoice.outside.choices import MailKind, MailState, NotSent
from youthvoice.outside.models import Mailing, OutsideCode
from youthvoice.outside.tests.by_letter import fresh, issue, use
from youthvoice.outside.tests.by_mail import BOX, NO_SERVER, code_of, library, link_of, order, send
from youthvoice.outside.tests.test_letter_pdf import read
from youthvoice.questions import actions as questions

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
PHONE = "13812345678"


@pytest.fixture
def body(house):
    return library(region_id="410100")


@pytest.fixture
def question(house):
    return ask(
        by=PersonFactory(nickname="小周同学"), title="工资拖了两个月", text=f"电话 {PHONE}。"
    )


@pytest.fixture
def hop(question, body):
    return refer(question, body, at=MONDAY, reason="请按职责处理欠薪。")[0]


def row():
    return Mailing.objects.order_by("-pk")[0]


def verbs():
    return list(
        Entry.objects.filter(verb__contains="mailed")
        .union(Entry.objects.filter(verb__in=["case.letter_ordered", "case.code_issued"]))
        .order_by("seq")
        .values_list("verb", flat=True)
    )


def new_code(hop, *, by=None, at=MONDAY + MINUTE):
    return actions.new_code(hop=fresh(hop), by=by or member(hop.lane.case.holder), at=at)


# --- Away --------------------------------------------------------------------------------


def test_it_goes_with_the_link_and_the_file_and_without_a_code(hop, settings):
    person = member(hop.sender)
    order(hop, by=person)
    assert mail.outbox == []

    assert send() == 1
    assert send() == 0

    [letter] = mail.outbox
    assert letter.to == [BOX]
    assert letter.subject.endswith(f"转办函：{hop.lane.case.question_id} 号提问")
    [(name, content, kind)] = letter.attachments
    assert (name, kind) == (f"letter-{hop.pk}.pdf", "application/pdf")
    told = read(content)
    assert "工资拖了两个月" in told
    assert f"http://testserver/out/{link_of(letter)}/" in told
    assert "另外告诉你们" in told
    assert "打电话告诉你们" in letter.body
    assert (row().state, row().ended_at, row().next_at) == (MailState.SENT, MONDAY, None)
    ordered, mailed = Entry.objects.filter(subject=f"outside.mailing:{row().pk}").order_by("seq")
    assert (ordered.verb, ordered.actor) == ("case.letter_ordered", person.pk)
    assert (mailed.verb, mailed.actor) == ("case.letter_mailed", None)


def test_in_the_mail_itself_stands_no_word_of_the_question_and_nobodys_name(hop):
    order(hop)
    send()

    for word in ("工资", "电话 138", "小周", "欠薪"):
        assert word not in mail.outbox[0].body + mail.outbox[0].subject


def test_nothing_that_opens_it_is_kept_or_told(hop):
    order(hop, code_follows=True)
    send()
    send(at=MONDAY + MINUTE)

    first, second = mail.outbox
    kept = [list(model.objects.values()) for model in (Mailing, OutsideCode, Entry)]
    for word in (link_of(first), code_of(second).replace(" ", ""), BOX):
        assert word not in str(kept)


def test_without_a_code_nothing_opens_the_link(hop):
    order(hop)
    send()

    token = link_of(mail.outbox[0])
    assert queries.links_in_force(token, at=MONDAY).exists()
    for code in ("00000000", "", "１２３４５６７８"):
        assert use(token, code) == Tried.WRONG


@pytest.mark.parametrize("is_released", [False, True])
def test_numbers_are_in_the_file_only_where_the_asker_released_them(hop, question, is_released):
    if is_released:
        actions.release_numbers(question=question, by=asker_of(question), at=MONDAY)
    order(hop)
    send()

    told = read(mail.outbox[0].attachments[0][1])
    assert (PHONE in told) == is_released
    assert ("同意给办这件事的单位看" in told) == is_released
    assert ("已经遮住" in told) != is_released


def test_what_was_taken_back_before_it_went_is_masked(hop, question):
    actions.release_numbers(question=question, by=asker_of(question), at=MONDAY)
    order(hop)
    actions.keep_numbers(question=question, by=asker_of(question), at=MONDAY)
    send()

    assert PHONE not in read(mail.outbox[0].attachments[0][1])


# --- The code ----------------------------------------------------------------------------


def test_the_code_follows_in_a_mail_of_its_own_without_the_link(hop):
    order(hop, code_follows=True)
    assert send() == 1
    assert send(at=MONDAY + MINUTE) == 1
    assert send(at=MONDAY + HOUR) == 0

    first, second = mail.outbox
    assert "另寄一封" in first.body
    assert "/out/" not in second.body
    assert second.attachments == []
    assert second.to == [BOX]
    assert use(link_of(first), code_of(second), when=MONDAY + HOUR) == Tried.RIGHT
    assert [m.kind for m in Mailing.objects.order_by("pk")] == [MailKind.LETTER, MailKind.CODE]
    assert verbs() == ["case.letter_ordered", "case.letter_mailed", "case.letter_mailed"]


def test_a_code_for_the_telephone_opens_the_link_that_went(hop):
    order(hop)
    send()
    code = new_code(hop)
    again = new_code(hop)

    token = link_of(mail.outbox[0])
    assert use(token, code) == Tried.WRONG
    assert use(token, again) == Tried.RIGHT
    assert use(token, again) == Tried.GONE
    assert use(token, new_code(hop, at=MONDAY + DAY), when=MONDAY + DAY) == Tried.RIGHT
    assert verbs()[-3:] == ["case.code_issued"] * 3


def test_a_new_code_gives_five_more_tries(hop):
    order(hop)
    send()
    token = link_of(mail.outbox[0])
    for _n in range(queries.TRIES_MOST):
        use(token, "nothing")
    assert use(token, "nothing") == Tried.GONE

    assert use(token, new_code(hop)) == Tried.RIGHT


def test_there_is_no_code_for_a_link_that_never_went(hop):
    with pytest.raises(UnableToMove, match="没有还能用的链接"):
        new_code(hop)
    order(hop)
    with pytest.raises(UnableToMove, match="没有还能用的链接"):
        new_code(hop)
    send()
    issue(hop, when=MONDAY + MINUTE)
    with pytest.raises(UnableToMove, match="没有还能用的链接"):
        new_code(hop)


def test_a_code_by_telephone_stops_the_one_that_is_under_way(hop):
    order(hop, code_follows=True)
    send()
    code = new_code(hop)

    assert send(at=MONDAY + HOUR) == 0
    assert (row().state, row().why) == (MailState.STOPPED, NotSent.REPLACED)
    assert use(link_of(mail.outbox[0]), code) == Tried.RIGHT


def test_the_code_goes_for_no_link_that_a_later_letter_ended(hop):
    order(hop, code_follows=True)
    send()
    # As if made between two looks: the letter by hand stops what waits.
    OutsideCode.objects.update(made_at=MONDAY + MINUTE)

    assert send(at=MONDAY + MINUTE) == 0
    assert (row().kind, row().state, row().why) == (
        MailKind.CODE,
        MailState.STOPPED,
        NotSent.REPLACED,
    )


# --- Failing -----------------------------------------------------------------------------


def test_what_fails_is_tried_again_ever_later_with_a_link_of_its_own(hop, settings):
    settings.EMAIL_BACKEND = NO_SERVER
    order(hop)
    assert send() == 0
    first = bytes(OutsideCode.objects.get().token_digest)
    assert (row().state, row().next_at, row().tries) == (
        MailState.WAITING,
        MONDAY + timedelta(seconds=30),
        1,
    )

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send(at=MONDAY + timedelta(seconds=29)) == 0
    assert send(at=MONDAY + timedelta(seconds=30)) == 1
    assert bytes(OutsideCode.objects.get().token_digest) != first
    assert row().state == MailState.SENT


def test_it_is_given_up_after_half_a_day_and_told_once(hop, settings):
    settings.EMAIL_BACKEND = NO_SERVER
    order(hop)
    at = MONDAY
    while row().state == MailState.WAITING:
        send(at=at)
        at += HOUR

    assert timedelta(hours=12) < at - MONDAY < timedelta(hours=24)
    assert (row().why, row().next_at) == (NotSent.REFUSED, None)
    assert "再寄一次" in row().remedy
    entry = Entry.objects.get(verb="case.letter_not_mailed")
    assert (entry.actor, entry.data["why"]) == (None, "refused")
    assert send(at=at) == 0
    assert order(hop, at=at).state == MailState.WAITING


def test_one_that_died_in_its_last_try_does_not_wait_for_ever(hop):
    order(hop)
    Mailing.objects.update(next_at=None, tries=18)

    send()

    assert row().state == MailState.FAILED


def test_a_last_try_that_came_through_after_all_counts_as_sent(hop):
    order(hop)
    made = row()
    Mailing.objects.update(next_at=None, tries=18)
    send()

    mail_to_bodies._away(
        Mailing.objects.select_related("hop__lane__case").get(pk=made.pk), at=MONDAY
    )

    assert (row().state, row().why) == (MailState.SENT, "")


@pytest.mark.parametrize(
    ("meanwhile", "why"),
    [
        ("withdrawn", NotSent.OVER),
        ("answered", NotSent.OVER),
        ("withheld", NotSent.PRIVATE),
        ("deleted", NotSent.PRIVATE),
        ("staffed", NotSent.STAFFED),
        ("no address", NotSent.NO_ADDRESS),
        ("by hand", NotSent.REPLACED),
    ],
)
def test_nothing_goes_where_it_is_needless_by_then(house, question, hop, body, meanwhile, why):
    order(hop)
    if meanwhile == "withdrawn":
        cases.withdraw(hop=fresh(hop), by=member(house.city), at=MONDAY)
    elif meanwhile == "answered":
        actions.reply_outside(hop=fresh(hop), text="好的。", at=MONDAY)
    elif meanwhile == "withheld":
        questions.withhold_question(question=question, by=None, at=MONDAY)
    elif meanwhile == "deleted":
        questions.delete_question(question=question, by=asker_of(question), at=MONDAY)
    elif meanwhile == "staffed":
        member(body)
    elif meanwhile == "no address":
        Organisation.objects.filter(pk=body.pk).update(contact_email="")
    else:
        issue(hop)

    assert send() == 0
    assert mail.outbox == []
    assert (row().state, row().why, row().next_at) == (MailState.STOPPED, why, None)
    if meanwhile != "by hand":
        assert not OutsideCode.objects.exists()


def test_an_address_that_was_mended_meanwhile_is_the_one(hop, body):
    order(hop)
    Organisation.objects.filter(pk=body.pk).update(contact_email="right@mail.test")
    send()

    assert mail.outbox[0].to == ["right@mail.test"]


def test_a_letter_by_hand_leaves_its_code_good(hop):
    order(hop)
    token, code = issue(hop)
    send()

    assert use(token, code) == Tried.RIGHT
