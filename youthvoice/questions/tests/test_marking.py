"""Only the asker says what came of it: outcomes, their table of moves, accepting answers."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, NOBODY, PersonFactory, answer, ask, asker_of, member
from youthvoice.cases.choices import State, StepKind
from youthvoice.questions import actions
from youthvoice.questions.choices import OUTCOME_MOVES, Outcome
from youthvoice.questions.models import Answer, Question
from youthvoice.questions.policy import Viewer
from youthvoice.questions.tests.watching import entries_since, numbers, seq, state, trail

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=5)


def mark(question, outcome, *, by=None, at=LATER):
    actions.mark_outcome(question=question, outcome=outcome, by=by or asker_of(question), at=at)


def in_outcome(outcome):
    """A question that its asker has brought to that outcome."""
    question = ask()
    if outcome != Outcome.OPEN:
        mark(question, outcome)
    return question


def test_every_outcome_is_in_the_table_can_be_reached_and_can_be_left():
    reached, fresh = {Outcome.OPEN}, {Outcome.OPEN}
    while fresh:
        fresh = {to for at in fresh for to in OUTCOME_MOVES[at]} - reached
        reached |= fresh

    assert set(OUTCOME_MOVES) == set(Outcome) == reached
    assert all(OUTCOME_MOVES[outcome] - {outcome} for outcome in Outcome)


@pytest.mark.parametrize("before", Outcome)
@pytest.mark.parametrize("after", Outcome)
def test_an_outcome_moves_only_as_the_table_says(house, before, after):
    question = in_outcome(before)
    noted = seq()
    if after == before:
        mark(question, after)
        assert entries_since(noted) == []
    elif after in OUTCOME_MOVES[before]:
        mark(question, after)
        assert entries_since(noted) == [
            (
                "question.marked",
                f"questions.question:{question.pk}",
                None,
                {"from": before, "to": after},
            )
        ]
    else:
        with pytest.raises(actions.UnableToMark):
            mark(question, after)
        after = before

    question.refresh_from_db()
    assert question.outcome == after


@pytest.mark.parametrize(
    ("outcome", "kind", "where"),
    [
        (Outcome.SOLVED, StepKind.SOLVED, State.SOLVED),
        (Outcome.UNSOLVED, StepKind.UNSOLVED, State.UNSOLVED),
    ],
)
def test_what_the_asker_says_moves_the_case(house, outcome, kind, where):
    asker = PersonFactory()
    question = ask(by=asker)
    answer(question, by=member(house.city), organisation=house.city)
    before = seq()

    mark(question, outcome)

    question.refresh_from_db()
    assert (question.outcome, question.outcome_at) == (outcome, LATER)
    assert state(question) == where
    assert trail(question)[-1] == (kind, None)
    assert [actor for _verb, _subject, actor, _data in entries_since(before)] == [asker.pk]


def test_opening_again_makes_the_holder_wait_from_then_on(house):
    question = in_outcome(Outcome.SOLVED)
    again = LATER + timedelta(days=3)

    mark(question, Outcome.OPEN, at=again)

    question.refresh_from_db()
    assert (state(question), question.case.waiting_since) == (State.REOPENED, again)
    assert trail(question)[-1] == (StepKind.REOPENED, None)


def test_nobody_but_the_asker_says_whether_it_is_solved(house):
    question = ask(by=PersonFactory())
    other = ask()

    for viewer in (
        Viewer(NOBODY),
        Viewer(PersonFactory()),
        Viewer(member(house.city)),
        asker_of(other),
    ):
        with pytest.raises(actions.UnableToMark):
            mark(question, Outcome.SOLVED, by=viewer)
    question.refresh_from_db()
    assert question.outcome == Outcome.OPEN


def test_a_mark_made_on_what_was_marked_otherwise_meanwhile_is_refused(house):
    question = ask()
    stale = Question.objects.get(pk=question.pk)
    mark(question, Outcome.UNSOLVED)
    before = seq()

    with pytest.raises(actions.UnableToMark, match="刷新"):
        mark(stale, Outcome.SOLVED)

    question.refresh_from_db()
    assert (question.outcome, stale.outcome) == (Outcome.UNSOLVED, Outcome.OPEN)
    assert entries_since(before) == []


def test_a_deleted_question_can_not_be_marked(house):
    question = ask()
    stale = Question.objects.get(pk=question.pk)
    actions.delete_question(question=question, by=asker_of(question), at=LATER)
    question.refresh_from_db()

    for deleted in (question, stale):
        with pytest.raises(actions.UnableToMark):
            mark(deleted, Outcome.SOLVED)


def accept(made, *, accepted=True, by=None, at=LATER):
    actions.accept_answer(answer=made, accepted=accepted, by=by or asker_of(made.question), at=at)


def test_the_asker_accepts_answers_and_puts_them_back(house):
    asker = PersonFactory()
    question = ask(by=asker)
    first, second = (answer(question, by=PersonFactory()) for _ in range(2))
    before = seq()

    accept(first)
    accept(second)
    accept(first, accepted=False, at=LATER + timedelta(hours=1))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.accepted_at, second.accepted_at) == (None, LATER)
    data = {"question": question.pk}
    assert entries_since(before) == [
        ("answer.accepted", f"questions.answer:{first.pk}", asker.pk, data),
        ("answer.accepted", f"questions.answer:{second.pk}", asker.pk, data),
        ("answer.put_back", f"questions.answer:{first.pk}", asker.pk, data),
    ]


def test_accepting_what_is_accepted_changes_nothing(house):
    made = answer(ask(), by=PersonFactory())
    accept(made, accepted=False)
    accept(made)
    before = seq()

    accept(made, at=LATER + timedelta(hours=1))

    made.refresh_from_db()
    assert (made.accepted_at, entries_since(before)) == (LATER, [])


def test_a_nameless_asker_accepts_without_a_name(house):
    question, person = ask(), PersonFactory()
    made = answer(question, by=PersonFactory())
    before = seq()

    accept(made, by=Viewer(person, frozenset({question.pk})))

    assert [actor for _verb, _subject, actor, _data in entries_since(before)] == [None]


def test_nobody_but_the_asker_accepts_and_nobody_what_was_taken_back(house):
    writer = PersonFactory()
    made = answer(ask(), by=writer)
    for viewer in (Viewer(NOBODY), Viewer(writer), Viewer(member(house.city))):
        with pytest.raises(actions.UnableToAccept):
            accept(made, by=viewer)

    stale = Answer.objects.get(pk=made.pk)
    actions.delete_answer(answer=made, by=Viewer(writer), at=LATER)
    made.refresh_from_db()
    before = seq()
    with pytest.raises(actions.UnableToAccept):
        accept(made)
    accept(stale)

    made.refresh_from_db()
    assert (made.accepted_at, entries_since(before)) == (None, [])
    assert numbers() == {"questions": 1, "nameless": 1, "people": 1}
