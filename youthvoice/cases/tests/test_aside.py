"""A question that is hidden or withheld is on no desk, and comes back to where it was."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, PersonFactory, answer, ask, asker_of, member
from youthvoice.cases.choices import State, StepKind
from youthvoice.cases.models import Case
from youthvoice.questions import actions
from youthvoice.questions.choices import HideReason
from youthvoice.questions.tests.watching import state, trail

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=5)


def withhold(question):
    actions.withhold_question(question=question, by=None, at=LATER)


def release(question, house):
    by = member(house.city)
    actions.release_question(question=question, by=by, at=LATER + timedelta(hours=1))


def test_nothing_of_it_stays_in_the_trail(house):
    question = ask()
    before, since = trail(question), question.case.waiting_since

    withhold(question)
    release(question, house)

    assert trail(question) == before
    assert state(question) == State.RECEIVED
    assert Case.objects.get(question=question).waiting_since == since


def test_hiding_and_showing_are_told_in_the_trail(house):
    question, by = ask(), member(house.city)

    actions.hide(words=question, reason=HideReason.SPAM, by=by, at=LATER)
    assert state(question) == State.ASIDE
    assert trail(question)[-1] == (StepKind.HIDDEN, None)

    actions.show_again(words=question, by=by, at=LATER)
    assert state(question) == State.RECEIVED
    assert trail(question)[-1] == (StepKind.SHOWN, None)


def test_an_official_answer_meanwhile_counts_when_it_comes_back(house):
    question = ask()
    withhold(question)
    answer(question, by=member(house.city), organisation=house.city, at=LATER)
    assert state(question) == State.ASIDE

    release(question, house)

    assert state(question) == State.ANSWERED


@pytest.mark.parametrize(
    ("says", "back"),
    [
        (["solved"], State.SOLVED),
        (["unsolved"], State.UNSOLVED),
        (["solved", "open"], State.REOPENED),
    ],
)
def test_what_the_asker_says_meanwhile_counts_when_it_comes_back(house, says, back):
    question = ask(by=PersonFactory())
    answer(question, by=member(house.city), organisation=house.city, at=MONDAY + timedelta(hours=1))
    withhold(question)
    for outcome in says:
        question.refresh_from_db()
        actions.mark_outcome(question=question, outcome=outcome, by=asker_of(question), at=LATER)
    assert state(question) == State.ASIDE

    release(question, house)

    assert state(question) == back


def test_what_its_asker_takes_back_meanwhile_stays_closed(house):
    question = ask()
    withhold(question)
    actions.delete_question(question=question, by=asker_of(question), at=LATER)
    assert state(question) == State.CLOSED

    release(question, house)

    assert state(question) == State.CLOSED
