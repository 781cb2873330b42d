"""What the rate of response is reckoned from: the first deadline, and the first reply."""

import pytest

from tests.factories import MONDAY, PersonFactory, answer, ask, asker_of, member
from youthvoice.cases import actions
from youthvoice.cases.tests.working import DAY, HOUR, case_of, own, transfer
from youthvoice.kit.holdings import Leaver
from youthvoice.questions import actions as questions
from youthvoice.questions.choices import HideReason
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer

pytestmark = pytest.mark.django_db


def test_a_peers_answer_is_no_reply_and_a_bodys_is(house):
    question = ask()
    answer(question, by=PersonFactory(), at=MONDAY)
    assert case_of(question).first_reply_at is None

    answer(question, by=member(house.experts), organisation=house.experts, at=MONDAY + HOUR)
    answer(question, by=member(house.city), organisation=house.city, at=MONDAY + 2 * HOUR)

    assert case_of(question).first_reply_at == MONDAY + HOUR


def firsts(question):
    """What is kept of the first answer and the first reply, in hours since Monday."""
    question.refresh_from_db()
    times = (question.first_answered_at, case_of(question).first_reply_at)
    seconds = question.first_answer_seconds
    assert seconds == (None if times[0] is None else (times[0] - question.asked_at).total_seconds())
    assert question.waits == Question.objects.waiting().filter(pk=question.pk).exists()
    return tuple(None if at is None else (at - MONDAY) // HOUR for at in times)


def test_an_answer_that_is_taken_back_or_hidden_is_neither_answer_nor_reply(house):
    """The question and its case say the same of one act: nothing that is gone ends a wait."""
    question, staff, peer = ask(), member(house.city), PersonFactory()
    first = answer(question, by=staff, organisation=house.city, at=MONDAY + HOUR)
    second = answer(question, by=staff, organisation=house.city, text="再说", at=MONDAY + 2 * HOUR)
    third = answer(question, by=peer, at=MONDAY + 3 * HOUR)
    assert firsts(question) == (1, 1)

    questions.delete_answer(answer=first, by=Viewer(staff), at=MONDAY + DAY)
    assert firsts(question) == (2, 2)
    questions.hide(words=second, reason=HideReason.SPAM, by=staff, at=MONDAY + DAY)
    assert firsts(question) == (3, None)
    questions.erase_people([Leaver(peer.pk, answers_too=True)], at=MONDAY + DAY)
    assert (third.question, firsts(question)) == (question, (None, None))
    questions.show_again(words=second, by=staff, at=MONDAY + DAY)
    assert firsts(question) == (2, 2)


def test_handing_on_and_opening_again_leave_the_first_deadline(house):
    question = ask(region="410122")
    due_at = case_of(question).first_due_at
    assert due_at == own(question).due_at

    transfer(question, house.city, at=due_at)
    assert own(question).due_at > due_at
    questions.mark_outcome(question=question, outcome="unsolved", by=asker_of(question), at=due_at)

    assert case_of(question).first_due_at == due_at


def test_waiting_for_the_asker_moves_it(house):
    question = ask()
    before = case_of(question).first_due_at
    actions.ask_back(lane=own(question), text="哪个区？", by=member(house.city), at=MONDAY + HOUR)
    assert case_of(question).first_due_at == before

    questions.comment(
        question=question, answer=None, text="金水区。", by=asker_of(question), at=MONDAY + DAY
    )

    assert case_of(question).first_due_at == own(question).due_at > before


def test_what_was_late_already_stays_late(house):
    question = ask()
    late = case_of(question).first_due_at + HOUR
    actions.ask_back(lane=own(question), text="哪个区？", by=member(house.city), at=late)

    questions.comment(
        question=question, answer=None, text="金水区。", by=asker_of(question), at=late + DAY
    )

    assert case_of(question).first_due_at == late - HOUR
