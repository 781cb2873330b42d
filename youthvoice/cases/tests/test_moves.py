"""A case follows its question, and only along the table of moves."""

import itertools
from datetime import timedelta

import pytest

from tests.factories import MONDAY, PersonFactory, answer, ask, asker_of, member
from youthvoice.cases import actions
from youthvoice.cases.actions import moving
from youthvoice.cases.choices import MOVES, OWN_LANE, RUNNING, State, StepKind
from youthvoice.cases.models import Case, Lane
from youthvoice.cases.queries import trail_of
from youthvoice.cases.tests.working import DAY, case_of, claim, own, refer
from youthvoice.journal.models import Entry
from youthvoice.questions import actions as questions
from youthvoice.questions.models import Question

pytestmark = pytest.mark.django_db


def official(question, organisation, *, at, text=""):
    return answer(question, by=member(organisation), organisation=organisation, at=at, text=text)


def mark(question, outcome, *, at):
    question.refresh_from_db()
    questions.mark_outcome(question=question, outcome=outcome, by=asker_of(question), at=at)


def delete(question, *, at):
    questions.delete_question(question=question, by=asker_of(question), at=at)


#: How acts bring a case from being received to a state.
WAYS = {
    State.RECEIVED: lambda house, q: None,
    State.HELD: lambda house, q: claim(q, at=MONDAY + DAY),
    State.REFERRED: lambda house, q: refer(q, house.experts, at=MONDAY + DAY),
    State.ASKING: lambda house, q: actions.ask_back(
        lane=own(q), text="哪一天入职的？", by=member(house.city), at=MONDAY + DAY
    ),
    State.ANSWERED: lambda house, q: official(q, house.city, at=MONDAY + DAY),
    State.SOLVED: lambda house, q: mark(q, "solved", at=MONDAY + DAY),
    State.UNSOLVED: lambda house, q: (
        official(q, house.city, at=MONDAY + DAY),
        mark(q, "unsolved", at=MONDAY + 2 * DAY),
    ),
    State.REOPENED: lambda house, q: (
        mark(q, "solved", at=MONDAY + DAY),
        mark(q, "open", at=MONDAY + 2 * DAY),
    ),
    State.CLOSED: lambda house, q: delete(q, at=MONDAY + DAY),
    State.ASIDE: lambda house, q: questions.withhold_question(question=q, by=None, at=MONDAY + DAY),
}


@pytest.mark.parametrize("state", list(WAYS))
def test_acts_bring_a_case_to_every_state(house, state):
    question = ask()

    WAYS[state](house, question)

    assert case_of(question).state == state
    # No question is ever without a holder's lane, and it has a running clock as long as it waits.
    assert own(question).is_running is (state in RUNNING)


def test_a_case_moves_only_as_the_table_says(house):
    case = ask().case
    lane = own(case.question)
    for before, after in itertools.product(State, State):
        Case.objects.filter(pk=case.pk).update(state=before)
        Lane.objects.filter(pk=lane.pk).update(state=OWN_LANE.get(before, "asked"))
        case.refresh_from_db()

        moved = moving.move(case, after, at=MONDAY)

        case.refresh_from_db()
        assert moved is (after in MOVES[before])
        assert case.state == (after if moved else before)


def test_a_move_from_what_has_moved_meanwhile_is_lost(house):
    question = ask()
    stale = question.case
    official(question, house.city, at=MONDAY + DAY)

    assert moving.move(stale, State.CLOSED, at=MONDAY) is False
    assert case_of(question).state == State.ANSWERED


def test_a_new_case_is_held_by_the_table_and_waits_since_it_was_asked(house):
    case = ask(region="410122").case

    assert (case.holder, case.state) == (house.county, State.RECEIVED)
    assert (case.held_at, case.waiting_since) == (MONDAY, MONDAY)
    entry = Entry.objects.get(verb="case.held")
    assert (entry.subject, entry.actor) == (f"cases.case:{case.pk}", None)
    assert entry.data == {"question": case.question_id, "holder": house.county.pk}


def test_neither_peers_nor_experts_end_the_holders_waiting(house):
    question = ask()
    answer(question, by=PersonFactory())
    answer(question, by=member(house.experts), organisation=house.experts)
    assert case_of(question).state == State.RECEIVED

    official(question, house.province, at=MONDAY + DAY)
    assert case_of(question).state == State.ANSWERED


def test_not_solved_means_waiting_again_from_then_on(house):
    question = ask()
    official(question, house.city, at=MONDAY + DAY)

    mark(question, "unsolved", at=MONDAY + 2 * DAY)

    case = case_of(question)
    assert (case.state, case.waiting_since) == (State.UNSOLVED, MONDAY + 2 * DAY)


def test_not_solved_while_nobody_answered_keeps_its_place_in_the_queue(house):
    question = ask()

    mark(question, "unsolved", at=MONDAY + DAY)
    mark(question, "open", at=MONDAY + 2 * DAY)

    case = case_of(question)
    assert (case.state, case.waiting_since) == (State.RECEIVED, MONDAY)


def test_a_question_that_was_opened_again_is_answered_by_a_new_official_answer(house):
    question = ask()
    official(question, house.city, at=MONDAY + DAY)
    mark(question, "solved", at=MONDAY + 2 * DAY)
    mark(question, "open", at=MONDAY + 3 * DAY)
    assert case_of(question).state == State.REOPENED

    official(question, house.city, at=MONDAY + 4 * DAY)

    assert case_of(question).state == State.ANSWERED


def test_an_answer_to_what_is_solved_changes_no_state(house):
    question = ask()
    mark(question, "solved", at=MONDAY + DAY)
    official(question, house.city, at=MONDAY + 2 * DAY)

    assert case_of(question).state == State.SOLVED


@pytest.mark.parametrize("before", [State.RECEIVED, State.ANSWERED, State.SOLVED])
def test_a_deleted_question_closes_its_case_from_wherever_it_was(house, before):
    question = ask()
    WAYS[before](house, question)
    question.refresh_from_db()

    delete(question, at=MONDAY + 2 * DAY)

    assert case_of(question).state == State.CLOSED


def test_what_is_told_of_a_question_without_a_case_is_no_news(house):
    question = ask()
    made = official(question, house.city, at=MONDAY + DAY)
    question.case.delete()
    question = Question.objects.get()

    actions.note_answer(answer=made, at=MONDAY)
    actions.note_outcome(question=question, outcome="solved", at=MONDAY)
    actions.note_deleted(question=question, at=MONDAY)

    assert Case.objects.count() == 0


# --- The trail ---------------------------------------------------------------------------


def words(question):
    return [step.words for step in trail_of(case_of(question))]


def test_the_trail_tells_everything_in_words(house):
    question = ask()
    answer(question, by=PersonFactory(), at=MONDAY + timedelta(hours=1))
    official(question, house.city, at=MONDAY + timedelta(hours=2))
    expert = member(house.experts)
    answer(question, by=expert, organisation=house.experts, at=MONDAY + timedelta(hours=3))
    mark(question, "unsolved", at=MONDAY + DAY)
    mark(question, "solved", at=MONDAY + 2 * DAY)
    mark(question, "open", at=MONDAY + 3 * DAY)
    question.refresh_from_db()
    delete(question, at=MONDAY + 4 * DAY)

    told = words(question)
    assert told[:5] == [
        "提出",
        "已转给 团郑州市委",
        "有青年回答了",
        "团郑州市委 回答了",
        "法律专家组 回答了",
    ]
    assert ["没解决" in told[5], "解决了" in told[6], "重新打开" in told[7]] == [True] * 3
    assert "删除" in told[8]
    assert len(told) == 9


def test_an_answer_of_a_body_is_told_again_after_the_question_was_opened_again(house):
    question = ask()
    for hours in (1, 2):
        official(question, house.city, at=MONDAY + timedelta(hours=hours))
    mark(question, "solved", at=MONDAY + DAY)
    mark(question, "open", at=MONDAY + 2 * DAY)
    for days in (3, 4):
        official(question, house.city, at=MONDAY + days * DAY)

    assert words(question)[2:] == [
        "团郑州市委 回答了",
        "提问者说：解决了",
        "提问者重新打开",
        "团郑州市委 回答了",
    ]


def test_an_answer_of_nobody_we_know_is_told_too(house):
    case = ask().case
    step = case.steps.create(kind=StepKind.ANSWERED, at=MONDAY, answer_kind="official")

    assert step.words == "有了回答"
    assert str(step) == f"{case.pk} answered"
    assert str(case) == f"{case.question_id} @ {house.city.pk}"


def test_a_long_trail_shows_its_latest_fifty_in_order(house):
    case = ask().case
    for n in range(60):
        case.steps.create(kind=StepKind.REOPENED, at=MONDAY + timedelta(minutes=n))

    shown = trail_of(case)

    times = [step.at for step in shown]
    assert len(times) == 50
    assert times == sorted(times)
    assert times[-1] == MONDAY + timedelta(minutes=59)
