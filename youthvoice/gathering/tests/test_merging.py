"""The same thing asked by several: one lead, and nobody handled in another's shadow."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, answer, ask, asker_of, member
from youthvoice.cases.actions import SomebodyWasFirst, UnableToMove
from youthvoice.cases.choices import HopState, LaneState, State
from youthvoice.cases.models import Hop
from youthvoice.cases.queries import checking, deadlines
from youthvoice.cases.tests.working import (
    DAY,
    HOUR,
    case_of,
    claim,
    lane_of,
    own,
    refer,
    transfer,
    words,
)
from youthvoice.gathering import actions
from youthvoice.gathering.models import Merge
from youthvoice.journal.models import Entry
from youthvoice.questions import actions as questions
from youthvoice.questions.choices import HideReason
from youthvoice.questions.models import Question

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def merge(*asked, into, at=MONDAY, by=None):
    lead = case_of(into)
    cases = [case_of(question) for question in asked]
    actions.merge(cases=cases, into=lead, by=by or member(lead.holder), at=at)


def unmerge(question, *, at=MONDAY + HOUR, by=None):
    case = case_of(question)
    actions.unmerge(case=case, by=by or member(case.holder), at=at)


def mark(question, outcome, *, at=MONDAY + HOUR):
    question.refresh_from_db()
    questions.mark_outcome(question=question, outcome=outcome, by=asker_of(question), at=at)


def hangs_on(question):
    found = Merge.objects.filter(case__question=question).select_related("lead").first()
    return found.lead.question_id if found else None


def in_order():
    return list(checking.without()) == []


# --- Merging -----------------------------------------------------------------------------


def test_a_merged_question_is_handled_with_its_lead(house):
    lead, one, other = ask(), ask(), ask()
    by = member(house.city)
    claim(one, at=MONDAY, by=by)

    merge(one, other, into=lead, by=by, at=MONDAY + HOUR)

    assert [case_of(q).state for q in (lead, one, other)] == ["received", "merged", "merged"]
    assert [Merge.objects.get(case__question=q).state_before for q in (one, other)] == [
        "held",
        "received",
    ]
    assert (hangs_on(one), hangs_on(other)) == (lead.pk, lead.pk)
    lane = own(one)
    assert (lane.state, lane.stopped_at, lane.escalate_at) == ("ended", MONDAY + HOUR, None)
    assert own(lead).is_running
    assert in_order()
    entry = Entry.objects.get(verb="case.merged")
    assert entry.data == {"question": lead.pk, "merged": [one.pk, other.pk]}


def test_both_trails_say_so_and_which(house):
    lead, one, other = ask(), ask(), ask()

    merge(one, other, into=lead)

    assert words(one)[-1] == words(lead)[-1] == "和相同的提问一起办"
    notes = [case_of(q).steps.order_by("pk").last().note for q in (one, lead)]
    assert notes == [f"第 {lead.pk} 号提问", f"2 个：第 {one.pk}、{other.pk} 号"]


def test_what_others_were_asked_for_it_is_called_off(house):
    lead, one = ask(), ask()
    refer(one, house.experts, at=MONDAY)

    merge(one, into=lead, at=MONDAY + HOUR)

    lane = lane_of(one, house.experts)
    assert (lane.state, lane.stopped_at) == (LaneState.ENDED, MONDAY + HOUR)
    assert Hop.objects.get().state == HopState.WITHDRAWN
    assert in_order()


def test_a_lead_that_is_merged_takes_its_own_along(house):
    first, one, lead = ask(), ask(), ask()
    merge(one, into=first)

    merge(first, into=lead, at=MONDAY + HOUR)

    assert (hangs_on(one), hangs_on(first)) == (lead.pk, lead.pk)
    assert case_of(one).steps.order_by("pk").last().note == f"第 {lead.pk} 号提问"
    assert in_order()


def test_of_those_that_moved_meanwhile_one_is_named_and_nothing_is_merged(house):
    lead, one, other = ask(), ask(), ask(title="房东不退押金怎么办")
    seen = [case_of(q) for q in (one, other)]
    claim(other, at=MONDAY, by=member(house.city, nickname="小秦"))

    with pytest.raises(SomebodyWasFirst, match="“房东不退押金怎么办”：小秦 刚刚先动了这件事"):
        actions.merge(cases=seen, into=case_of(lead), by=member(house.city), at=MONDAY)

    assert not Merge.objects.exists()
    assert case_of(one).state == State.RECEIVED


def test_nothing_is_merged_into_what_was_merged_meanwhile(house):
    lead, one, third = ask(), ask(), ask()
    seen, by = case_of(lead), member(house.city)
    merge(lead, into=third)

    with pytest.raises(SomebodyWasFirst, match="和相同的提问一起办"):
        actions.merge(cases=[case_of(one)], into=seen, by=by, at=MONDAY)

    assert hangs_on(one) is None


OVER = {
    "solved": lambda q: mark(q, "solved"),
    "deleted": lambda q: questions.delete_question(question=q, by=asker_of(q), at=MONDAY),
    "hidden": lambda q: questions.hide(
        words=q, reason=HideReason.ABUSE, by=member(case_of(q).holder), at=MONDAY
    ),
    "withheld": lambda q: questions.withhold_question(question=q, by=None, at=MONDAY),
}


@pytest.mark.parametrize("way", OVER)
def test_what_is_over_or_out_of_sight_is_neither_merged_nor_leads(house, way):
    question, other = ask(), ask()
    OVER[way](question)

    for cases in ((question, other), (other, question)):
        with pytest.raises(UnableToMove, match="现在不能合并"):
            merge(cases[0], into=cases[1])

    assert not Merge.objects.exists()


def test_an_answered_one_may_lead_but_is_not_merged(house):
    lead, one = ask(), ask()
    answer(lead, by=member(house.city), organisation=house.city)

    merge(one, into=lead)

    assert hangs_on(one) == lead.pk
    with pytest.raises(UnableToMove):
        merge(lead, into=ask())


def test_a_question_is_not_merged_into_itself(house):
    question = ask()

    with pytest.raises(UnableToMove, match="请选 2 到 51 个"):
        merge(question, into=question)


# --- Who may -----------------------------------------------------------------------------


def test_the_office_above_may_and_the_one_below_or_beside_may_not(house):
    county, city = ask(region="410122"), ask(region="410100")

    for office in (house.county, house.experts, house.line):
        with pytest.raises(UnableToMove, match="不由你合并"):
            merge(county, into=city, by=member(office))
    merge(county, into=city, by=member(house.city))
    with pytest.raises(UnableToMove, match="不由你拆开"):
        unmerge(county, by=member(house.experts))

    assert hangs_on(county) == city.pk


def test_whoever_held_it_may_take_it_out_again(house):
    county, city = ask(region="410122"), ask(region="410100")
    merge(county, into=city, by=member(house.province))

    unmerge(county, by=member(house.county))

    assert hangs_on(county) is None


# --- Taking apart ------------------------------------------------------------------------


@pytest.mark.parametrize("held", [True, False])
def test_it_goes_back_to_where_it_was_and_gained_no_time(house, held):
    lead, one = ask(), ask()
    if held:
        claim(one, at=MONDAY)
    before = own(one)
    state = case_of(one).state
    merge(one, into=lead)

    unmerge(one, at=MONDAY + timedelta(minutes=1))

    lane = own(one)
    assert (case_of(one).state, lane.state) == (state, before.state)
    assert (lane.person, lane.clock) == (before.person, before.clock)
    sign = deadlines.sign_due(MONDAY + timedelta(minutes=1))
    assert lane.due_at == max(before.due_at, sign)
    assert lane.is_running
    assert lane.escalate_at is not None
    assert words(one)[-1] == words(lead)[-1] == "重新单独办"
    assert case_of(one).waiting_since == one.asked_at
    assert in_order()


def test_what_would_be_late_is_due_as_soon_as_somebody_can_sign_for_it(house):
    lead, one = ask(), ask()
    merge(one, into=lead)
    late = MONDAY + 4 * DAY

    unmerge(one, at=late)

    lane = own(one)
    assert lane.due_at == deadlines.sign_due(late)
    assert lane.due_at <= deadlines.next_step_due(late, field=one.field, kind=one.kind)
    assert in_order()


def test_what_was_referred_comes_back_to_its_holder(house):
    lead, one = ask(), ask()
    refer(one, house.experts, at=MONDAY)
    merge(one, into=lead)

    unmerge(one)

    assert case_of(one).state == State.RECEIVED
    assert in_order()


def test_of_two_who_take_it_out_the_second_is_told(house):
    lead, one = ask(), ask()
    merge(one, into=lead)
    seen = case_of(one)
    unmerge(one)

    with pytest.raises(UnableToMove, match="没有和别的一起办"):
        actions.unmerge(case=seen, by=member(house.city), at=MONDAY)


@pytest.mark.parametrize("way", OVER)
def test_those_whose_lead_is_gone_wait_by_themselves_again(house, way):
    lead, one = ask(), ask()
    merge(one, into=lead)
    OVER[way](lead)
    assert list(checking.without()) == [f"question {one.pk} is merged into one that is over"]

    assert actions.unmerge_lost(at=MONDAY + HOUR) == 1
    assert actions.unmerge_lost(at=MONDAY + HOUR) == 0

    assert (case_of(one).state, hangs_on(one)) == (State.RECEIVED, None)
    assert in_order()


@pytest.mark.parametrize("way", ["hidden", "withheld"])
def test_one_that_left_public_view_comes_back_merged(house, way):
    lead, one, by = ask(), ask(), member(house.city)
    merge(one, into=lead)
    OVER[way](one)
    one.refresh_from_db()
    if way == "hidden":
        questions.show_again(words=one, by=by, at=MONDAY + HOUR)
    else:
        questions.release_question(question=one, by=by, at=MONDAY + HOUR)

    assert (case_of(one).state, hangs_on(one)) == (State.MERGED, lead.pk)
    assert in_order()
    unmerge(one)
    assert case_of(one).state == State.RECEIVED
    assert in_order()


def test_one_that_its_asker_takes_back_hangs_on_nothing(house):
    lead, one = ask(), ask()
    merge(one, into=lead)

    OVER["deleted"](one)

    assert (case_of(one).state, hangs_on(one)) == (State.CLOSED, None)
    assert in_order()


# --- Each asker for themselves -----------------------------------------------------------


def test_each_asker_says_solved_for_themselves(house):
    lead, one, other = ask(), ask(), ask()
    merge(one, other, into=lead)

    mark(one, "solved")

    states = [case_of(q).state for q in (lead, one, other)]
    assert states == [State.RECEIVED, State.SOLVED, State.MERGED]
    assert hangs_on(one) == lead.pk
    answer(lead, by=member(house.city), organisation=house.city, at=MONDAY + HOUR)
    mark(lead, "solved")
    assert case_of(other).state == State.MERGED
    assert [Question.objects.get(pk=q.pk).outcome for q in (lead, one, other)] == [
        "solved",
        "solved",
        "open",
    ]
    assert in_order()


def test_not_solved_is_handled_by_itself_again(house):
    lead, one, other = ask(), ask(), ask()
    merge(one, other, into=lead)
    answer(lead, by=member(house.city), organisation=house.city)
    at = MONDAY + 2 * DAY

    mark(one, "unsolved", at=at)

    case, lane = case_of(one), own(one)
    assert (case.state, case.waiting_since, hangs_on(one)) == (State.UNSOLVED, at, None)
    due_at = deadlines.next_step_due(at, field=one.field, kind=one.kind)
    assert (lane.clock, lane.due_at, lane.is_running) == ("next", due_at, True)
    assert words(one)[-2:] == ["提问者说：没解决", "重新单独办"]
    assert case_of(lead).state == State.ANSWERED
    assert case_of(other).state == State.MERGED
    assert in_order()


def test_solved_taken_back_is_handled_by_itself_again(house):
    lead, one = ask(), ask()
    merge(one, into=lead)
    mark(one, "solved")

    mark(one, "open")

    assert (case_of(one).state, hangs_on(one)) == (State.REOPENED, None)
    assert in_order()


def test_not_solved_said_while_out_of_sight_holds_afterwards(house):
    lead, one = ask(), ask()
    merge(one, into=lead)
    OVER["withheld"](one)
    mark(one, "unsolved")
    one.refresh_from_db()

    questions.release_question(question=one, by=member(house.city), at=MONDAY + HOUR)

    assert (case_of(one).state, hangs_on(one)) == (State.UNSOLVED, None)
    assert in_order()


# --- One answer for all ------------------------------------------------------------------


def test_one_answer_stands_in_every_trail_once_and_is_not_copied(house):
    lead, one, other, apart = ask(), ask(), ask(), ask()
    merge(one, other, apart, into=lead)
    unmerge(apart)
    by = member(house.city)

    answer(lead, by=by, organisation=house.city, at=MONDAY + HOUR)
    answer(lead, by=by, organisation=house.city, at=MONDAY + 2 * HOUR)

    assert case_of(lead).state == State.ANSWERED
    for question in (one, other):
        assert words(question)[-2:] == ["和相同的提问一起办", "团郑州市委 回答了"]
        assert not question.answers.exists()
        question.refresh_from_db()
        assert question.first_answered_at is None
    assert "团郑州市委 回答了" not in words(apart)
    assert in_order()


def test_a_merged_one_is_handled_by_nobody_else(house):
    lead, one = ask(), ask()
    merge(one, into=lead)

    for act in (lambda: transfer(one, house.county, at=MONDAY), lambda: claim(one, at=MONDAY)):
        with pytest.raises(UnableToMove):
            act()

    assert case_of(one).state == State.MERGED
