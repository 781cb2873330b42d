"""Promises: who makes them, what they do to the clock, and who says whether they were kept."""

from datetime import date, timedelta

import pytest

from tests.factories import (
    MONDAY,
    OrganisationFactory,
    PersonFactory,
    answer,
    ask,
    asker_of,
    member,
)
from youthvoice.cases.actions import UnableToMove
from youthvoice.cases.choices import Clock, LaneState, State
from youthvoice.cases.queries import checking
from youthvoice.cases.tests.working import DAY, HOUR, case_of, own, refer, words
from youthvoice.journal.models import Entry
from youthvoice.kit.clock import end_of_day
from youthvoice.promises import actions
from youthvoice.promises.choices import PROMISE_MOVES, PromiseState
from youthvoice.promises.models import Promise
from youthvoice.promises.queries import Narrowed, promises, shown
from youthvoice.questions import actions as questions
from youthvoice.questions.models import Answer
from youthvoice.questions.policy import Viewer

pytestmark = pytest.mark.django_db
#: A week after MONDAY, 2 March.
DUE = date(2026, 3, 9)


def reply(question, body, at=MONDAY + HOUR):
    return answer(question, by=member(body), organisation=body, at=at)


def promise(made, *, due_on=DUE, by=None, at=MONDAY + HOUR, text="答复退款结果"):
    by = by or member(made.organisation)
    return actions.promise(answer=made, text=text, due_on=due_on, by=by, at=at)


def decide(made, *, kept, at, by=None):
    found = Promise.objects.select_related("case__question", "organisation").get(pk=made.pk)
    by = by or asker_of(found.case.question)
    actions.decide(promise=found, kept=kept, by=by, at=at)


@pytest.fixture
def bureau(house):
    return OrganisationFactory(
        slug="rsj", kind="government", short_name="市人社局", region_id="410100"
    )


def test_every_state_of_a_promise_can_be_reached_and_only_the_asker_ends_it():
    reached = {PromiseState.OPEN} | {to for tos in PROMISE_MOVES.values() for to in tos}

    assert set(PROMISE_MOVES) == set(PromiseState) == reached
    assert {s for s in PromiseState if not PROMISE_MOVES[s]} == {
        PromiseState.KEPT,
        PromiseState.BROKEN,
    }


def test_an_answered_case_waits_for_what_was_promised(house):
    question, by = ask(), member(house.city)
    made = promise(reply(question, house.city), by=by)

    case, lane = case_of(question), own(question)
    assert (case.state, made.state, made.lane) == (State.PROMISED, PromiseState.OPEN, lane)
    assert (lane.state, lane.person, lane.clock) == (LaneState.MOVING, by, Clock.PROMISE)
    assert lane.due_at == end_of_day(DUE) == lane.escalate_at
    assert words(question)[-1] == "团郑州市委 作出承诺"
    entry = Entry.objects.get(verb="case.promised")
    assert (entry.actor, entry.data["due_on"]) == (by.pk, "2026-03-09")
    assert list(checking.without()) == []


def test_one_kept_gives_the_asker_the_word_again(house):
    question = ask(by=PersonFactory())
    made = promise(reply(question, house.city))

    decide(made, kept=True, at=MONDAY + 5 * DAY)

    made.refresh_from_db()
    lane = own(question)
    assert (made.state, made.decided_at) == (PromiseState.KEPT, MONDAY + 5 * DAY)
    assert (case_of(question).state, lane.state) == (State.ANSWERED, LaneState.ANSWERED)
    assert not lane.is_running
    assert words(question)[-1] == "团郑州市委 兑现了承诺"
    assert Entry.objects.get(verb="case.kept").actor == question.author_id
    assert list(checking.without()) == []


def test_one_broken_opens_the_case_with_a_new_clock(house):
    question = ask()
    made = promise(reply(question, house.city))
    round_before = own(question).round

    decide(made, kept=False, at=MONDAY + 9 * DAY)

    case, lane = case_of(question), own(question)
    assert (case.state, case.waiting_since) == (State.REOPENED, MONDAY + 9 * DAY)
    assert (lane.clock, lane.round) == (Clock.NEXT_STEP, round_before + 1)
    assert lane.due_at > MONDAY + 9 * DAY
    assert words(question)[-1] == "团郑州市委 没有兑现承诺"
    assert Entry.objects.get(verb="case.broken").actor is None
    assert list(checking.without()) == []


@pytest.mark.parametrize("days", [-1, 0, 366])
def test_the_day_is_from_tomorrow_to_a_year_ahead(house, days):
    made = reply(ask(), house.city)

    with pytest.raises(UnableToMove, match="从明天起"):
        promise(made, due_on=date(2026, 3, 2) + timedelta(days=days))


@pytest.mark.parametrize("days", [1, 365])
def test_tomorrow_and_a_year_ahead_are_days(house, days):
    made = promise(reply(ask(), house.city), due_on=date(2026, 3, 2) + timedelta(days=days))

    assert made.due_on == date(2026, 3, 2) + timedelta(days=days)


def test_the_day_is_the_houses_and_not_of_utc(house):
    """Half an hour after midnight in Zhengzhou it is yesterday in Greenwich."""
    late = MONDAY + 15 * HOUR + HOUR / 2
    made = reply(ask(), house.city, at=late)

    with pytest.raises(UnableToMove, match="从明天起"):
        promise(made, due_on=date(2026, 3, 3), at=late)


def test_nobody_promises_for_another_body_nor_under_a_peers_words(house):
    question = ask()
    official, peer = reply(question, house.city), answer(question, by=PersonFactory())
    expert = reply(question, house.experts)

    for made, by in ((official, member(house.county)), (expert, member(house.experts))):
        with pytest.raises(UnableToMove, match="不能由你"):
            promise(made, by=by)
    with pytest.raises(UnableToMove, match="不能由你"):
        promise(peer, by=member(house.city))


def test_a_body_without_a_lane_promises_nothing(house):
    """Any office of the League may answer; what it isn't asked it can't promise."""
    made = reply(ask(), house.line)

    with pytest.raises(UnableToMove, match="没有交给你们"):
        promise(made)


def test_one_reply_carries_one_promise(house):
    made = reply(ask(), house.city)
    promise(made)

    with pytest.raises(UnableToMove, match="已经有一个承诺"):
        promise(made)


def test_a_later_promise_gains_nobody_time(house):
    question = ask()
    promise(reply(question, house.city), due_on=DUE)
    before = own(question)
    promise(reply(question, house.city), due_on=DUE + DAY)

    assert (own(question).due_at, own(question).round) == (before.due_at, before.round)


def test_an_earlier_promise_is_due_first_and_after_it_the_later_one(house):
    question = ask()
    later = promise(reply(question, house.city), due_on=DUE)
    first = promise(reply(question, house.city), due_on=DUE - DAY)
    assert own(question).due_at == end_of_day(DUE - DAY)

    decide(first, kept=True, at=MONDAY + DAY)

    assert (case_of(question).state, own(question).due_at) == (State.PROMISED, end_of_day(DUE))
    decide(later, kept=True, at=MONDAY + DAY)
    assert case_of(question).state == State.ANSWERED


def test_a_department_promises_and_the_holder_watches(house, bureau):
    question = ask()
    refer(question, bureau, at=MONDAY)
    made = promise(reply(question, bureau))

    lane = made.lane
    assert (lane.holder, lane.state, lane.is_running) == (bureau, LaneState.ANSWERED, False)
    assert case_of(question).state == State.PROMISED
    assert (own(question).clock, own(question).due_at) == (Clock.PROMISE, end_of_day(DUE))
    assert list(checking.without()) == []


def test_a_promise_made_while_others_are_at_it_is_waited_for_after_them(house, bureau):
    question = ask()
    refer(question, bureau, at=MONDAY)
    promise(reply(question, house.city))
    assert case_of(question).state == State.REFERRED

    reply(question, bureau, at=MONDAY + 2 * HOUR)

    assert (case_of(question).state, own(question).clock) == (State.PROMISED, Clock.PROMISE)
    assert list(checking.without()) == []


def test_only_the_asker_decides_and_once(house):
    question = ask(by=PersonFactory())
    made = promise(reply(question, house.city))

    with pytest.raises(UnableToMove, match="只有提问者"):
        decide(made, kept=True, at=MONDAY, by=asker_of(ask(by=PersonFactory())))
    decide(made, kept=True, at=MONDAY + DAY)
    with pytest.raises(UnableToMove, match="已经说过"):
        decide(made, kept=False, at=MONDAY + DAY)

    assert Promise.objects.get().state == PromiseState.KEPT


def test_of_two_who_decide_what_both_saw_one_wins(house):
    question = ask()
    made = promise(reply(question, house.city))
    seen = [
        Promise.objects.select_related("case__question", "organisation").get() for _ in range(2)
    ]
    actions.decide(promise=seen[0], kept=True, by=asker_of(question), at=MONDAY + DAY)

    with pytest.raises(UnableToMove, match="已经说过"):
        actions.decide(promise=seen[1], kept=False, by=asker_of(question), at=MONDAY + DAY)

    made.refresh_from_db()
    assert made.state == PromiseState.KEPT


def test_what_is_withheld_is_decided_when_it_is_back(house):
    question = ask()
    made = promise(reply(question, house.city))
    questions.withhold_question(question=question, by=None, at=MONDAY + DAY)

    with pytest.raises(UnableToMove, match="恢复以后"):
        decide(made, kept=True, at=MONDAY + DAY)


def test_a_broken_one_of_a_question_that_waits_already_moves_nothing(house):
    question = ask()
    made = promise(reply(question, house.city))
    questions.mark_outcome(
        question=question, outcome="unsolved", by=asker_of(question), at=MONDAY + DAY
    )
    before = own(question).round

    decide(made, kept=False, at=MONDAY + 2 * DAY)

    assert (case_of(question).state, own(question).round) == (State.UNSOLVED, before)


def test_how_it_stands_is_told_in_words(house):
    made = promise(reply(ask(), house.city))

    def at(today):
        found = shown(made, today=today)
        return found.state, found.words

    assert at(DUE - 2 * DAY) == (Narrowed.OPEN, "还有 2 天")
    assert at(DUE) == (Narrowed.OPEN, "今天到期")
    assert at(DUE + 3 * DAY) == (Narrowed.OVERDUE, "已过期 3 天")
    made.state = PromiseState.KEPT
    assert at(DUE + 3 * DAY) == (Narrowed.KEPT, "已兑现")


def test_the_lists_narrow_by_state_and_body(house, bureau):
    kept = promise(reply(ask(), house.city))
    decide(kept, kept=True, at=MONDAY + DAY)
    overdue = promise(reply(ask(), house.city), due_on=DUE - 5 * DAY)
    question = ask()
    refer(question, bureau, at=MONDAY)
    still = promise(reply(question, bureau))
    gone = ask(by=PersonFactory())
    promise(reply(gone, house.city))
    questions.delete_question(question=gone, by=asker_of(gone), at=MONDAY + DAY)

    def listed(show, body=None):
        found = promises(show=show, organisation=body, after="", at=MONDAY + 4 * DAY)
        return found.items

    assert listed(Narrowed.ALL) == [still, overdue, kept]
    assert listed(Narrowed.ALL, bureau) == [still]
    assert listed(Narrowed.OPEN) == [still]
    assert listed(Narrowed.OVERDUE) == [overdue]
    assert listed(Narrowed.KEPT) == [kept]
    assert listed(Narrowed.BROKEN) == []


def leave(given, *, at):
    questions.delete_answer(answer=given, by=Viewer(given.author), at=at)


def waits_as(question):
    case, lane = case_of(question), own(question)
    kept = (lane.state, lane.person_id, lane.clock, lane.since, lane.due_at, lane.stopped_at)
    return (case.state, case.waiting_since, case.first_reply_at, *kept)


def test_a_promise_is_no_way_to_stop_the_clock_of_what_nobody_answers(house):
    """Answered and promised for next year, then the answer is taken back."""
    question = ask()
    before = waits_as(question)
    given = reply(question, house.city)
    made = promise(given, due_on=date(2027, 3, 1))
    assert own(question).clock == Clock.PROMISE

    leave(given, at=MONDAY + 2 * HOUR)

    assert waits_as(question) == before
    assert Promise.objects.get().state == PromiseState.OPEN
    assert list(checking.without()) == []

    reply(question, house.city, at=MONDAY + 3 * HOUR)
    assert (case_of(question).state, own(question).due_at) == (
        State.PROMISED,
        end_of_day(made.due_on),
    )


def test_nor_once_the_asker_has_said_that_it_is_not_solved(house):
    question = ask()
    earlier, given = (reply(question, house.city, at=MONDAY + n * HOUR) for n in (1, 2))
    questions.mark_outcome(
        question=question, outcome="unsolved", by=asker_of(question), at=MONDAY + 3 * HOUR
    )
    before = waits_as(question)
    promise(given, at=MONDAY + 4 * HOUR)

    leave(earlier, at=MONDAY + 5 * HOUR)
    assert case_of(question).state == State.PROMISED

    leave(given, at=MONDAY + 6 * HOUR)
    # Nobody has answered any more.
    assert waits_as(question) == (*before[:2], None, *before[3:])
    assert list(checking.without()) == []


def test_what_another_body_promised_goes_back_to_that_body(house, bureau):
    question = ask()
    refer(question, bureau, at=MONDAY)
    given = reply(question, bureau)
    promise(given)
    assert case_of(question).state == State.PROMISED

    leave(given, at=MONDAY + 2 * HOUR)

    assert (case_of(question).state, own(question).clock) == (State.REFERRED, Clock.NEXT_STEP)
    assert list(checking.without()) == []


def test_a_promise_that_waits_for_an_answer_that_is_gone_is_found(house):
    question = ask()
    given = reply(question, house.city)
    promise(given)
    Answer.objects.filter(pk=given.pk).update(deleted_at=MONDAY)

    assert list(checking.without()) == [
        f"question {question.pk} counts as answered and no answer of a body stands"
    ]
