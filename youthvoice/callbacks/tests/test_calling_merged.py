"""Those whose question hangs on a lead are asked back about its answer, each for themselves."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import PersonFactory, answer, ask, asker_of, member
from youthvoice.callbacks import actions
from youthvoice.callbacks.choices import MERGED, Day
from youthvoice.callbacks.models import Callback
from youthvoice.callbacks.tests.test_calling_back import mark
from youthvoice.callbacks.tests.together import (
    AT,
    dues,
    in_order,
    merge,
    now_asked,
    plan,
    reply,
    rows,
    turn,
    unmerge,
)
from youthvoice.cases.choices import State
from youthvoice.cases.tests.working import DAY, HOUR, case_of
from youthvoice.counts.models import Note
from youthvoice.gathering.models import Merge
from youthvoice.journal.models import Entry
from youthvoice.kit.clock import end_of_day
from youthvoice.promises import actions as promises
from youthvoice.questions import actions as questions
from youthvoice.questions.choices import HideReason

pytestmark = pytest.mark.django_db


# --- When --------------------------------------------------------------------------------


def test_an_answer_to_the_lead_plans_a_pair_for_each_on_the_same_days(house):
    lead, one, other, apart = ask(), ask(), ask(by=PersonFactory()), ask()
    merge(one, other, into=lead)
    reply(lead, house)

    assert actions.plan_merged(at=AT + HOUR) == 2
    assert actions.plan_merged(at=AT + HOUR) == 0

    assert dues(lead) == dues(one) == dues(other) == [AT + DAY, AT + Day.LATER * DAY]
    assert rows(apart) == []
    leads = Callback.objects.filter(case__question__in=[one, other]).values_list("lead")
    assert {pk for (pk,) in leads} == {case_of(lead).pk}
    assert in_order()


def test_a_second_answer_and_a_peers_plan_none(house):
    lead, one, second = ask(), ask(), ask()
    merge(one, into=lead)
    merge(ask(), into=second)
    reply(lead, house)
    plan(AT)
    reply(lead, house, AT + HOUR)
    answer(second, by=PersonFactory(), at=AT)

    assert plan(AT + HOUR) == 0
    assert rows(one) == [(1, 1, False), (1, Day.LATER, False)]


def test_merged_into_what_is_answered_its_days_begin_with_the_merging(house):
    lead, one, other = ask(), ask(), ask()
    reply(lead, house)
    merge(one, into=lead, at=AT + HOUR)
    assert plan(AT + HOUR) == 1
    merge(other, into=lead, at=AT + 20 * DAY)
    assert plan(AT + 20 * DAY) == 1

    assert dues(one) == [AT + HOUR + DAY, AT + HOUR + Day.LATER * DAY]
    assert dues(other) == [AT + 21 * DAY, AT + 48 * DAY]


def test_a_worker_that_was_away_asks_a_day_after_it_is_back(house):
    lead, one = ask(), ask()
    merge(one, into=lead)
    reply(lead, house)

    assert turn(AT + 3 * DAY) == (1, 1)

    assert dues(one) == [AT + 4 * DAY, AT + 31 * DAY]


def test_each_is_asked_on_its_day_and_once_and_the_journal_names_nobody(group):
    lead, one = group

    assert actions.open_due(at=AT + DAY - HOUR) == 0
    assert actions.open_due(at=AT + DAY) == 2
    assert turn(AT + DAY) == (0, 0)

    assert rows(lead) == rows(one) == [(1, 1, True), (1, Day.LATER, False)]
    entry = Entry.objects.filter(verb="case.call_back").order_by("seq").last()
    assert (entry.actor, entry.data) == (
        None,
        {"question": one.pk, "round": 1, "day": 1, "lead": lead.pk},
    )
    assert in_order()


def test_a_step_looks_at_those_alone_whose_question_or_lead_was_touched(house):
    leads, asked = [ask(), ask()], [ask(), ask()]
    for lead, one in zip(leads, asked, strict=True):
        merge(one, into=lead)
        reply(lead, house)
    assert plan(AT) == 2
    # As if both were still to be told: looking at everything would find two.
    Merge.objects.update(asked_round=0)
    with CaptureQueriesContext(connection) as found:
        assert actions.plan_merged(at=AT) == 0
    assert len(found) == 2

    reply(leads[0], house, AT + HOUR)
    assert plan(AT + HOUR) == 1
    assert [len(rows(one)) for one in asked] == [2, 2]
    assert not Note.objects.filter(reader=MERGED).exists()


def test_many_are_planned_in_batches_with_as_many_queries_as_one(house, monkeypatch):
    def cost():
        with CaptureQueriesContext(connection) as found:
            planned = actions.plan_merged(at=AT)
        return planned, len(found)

    for many in (1, 5):
        lead, asked = ask(), [ask() for _ in range(many)]
        merge(*asked, into=lead)
        reply(lead, house)
        if many == 1:
            first = cost()
    assert first[0] == 1
    assert cost() == (5, first[1])

    monkeypatch.setattr("youthvoice.callbacks.actions.calling_merged._AT_ONCE", 2)
    lead, asked = ask(), [ask() for _ in range(5)]
    merge(*asked, into=lead)
    reply(lead, house)
    assert [actions.plan_merged(at=AT) for _ in range(4)] == [2, 2, 1, 0]


def test_what_is_promised_to_the_lead_is_asked_about_after_its_day(house):
    lead, one = ask(), ask()
    merge(one, into=lead)
    made = reply(lead, house)
    turn(AT)
    due_on = date(2026, 3, 9)
    by = member(house.city)
    promises.promise(answer=made, text="修好锅炉", due_on=due_on, by=by, at=AT)
    late = end_of_day(due_on)

    assert actions.open_due(at=AT + 2 * DAY) == 0
    assert dues(one)[0] == dues(lead)[0] == late + DAY
    assert turn(late + DAY) == (0, 2)
    assert rows(one) == [(1, 1, True), (1, Day.LATER, False)]
    assert actions.open_due(at=AT + Day.LATER * DAY) == 0
    assert dues(one) == dues(lead) == [late + Day.LATER * DAY]


def test_merged_after_it_was_promised_nobody_is_asked_before_its_day(house):
    lead, one = ask(), ask()
    made = reply(lead, house)
    turn(AT)
    merge(one, into=lead, at=AT)
    due_on = date(2026, 3, 9)
    by = member(house.city)
    promises.promise(answer=made, text="修好锅炉", due_on=due_on, by=by, at=AT)
    turn(AT)

    assert dues(one)[0] == end_of_day(due_on) + DAY


def test_answered_again_before_anybody_was_asked_the_days_begin_anew(group, house):
    lead, one = group
    mark(lead, "unsolved", AT)
    reply(lead, house, AT + HOUR)

    assert plan(AT + HOUR) == 1
    assert dues(one) == dues(lead) == [AT + HOUR + DAY, AT + HOUR + Day.LATER * DAY]


def test_once_it_is_kept_there_is_a_new_pair(house):
    lead, one = ask(), ask()
    merge(one, into=lead)
    made = reply(lead, house)
    by = member(house.city)
    kept = promises.promise(answer=made, text="修好", due_on=date(2026, 3, 9), by=by, at=AT)
    turn(AT)
    lead.refresh_from_db()
    promises.decide(promise=kept, kept=True, by=asker_of(lead), at=AT + DAY)

    assert turn(AT + DAY)[0] == 1
    assert dues(one) == dues(lead) == [AT + 2 * DAY, AT + 29 * DAY]


@pytest.mark.parametrize("what", ["withheld", "hidden", "deleted", "unsolved", "unmerged"])
def test_what_is_out_of_the_askers_hands_is_not_asked_about(group, house, what):
    _lead, one = group
    if what == "withheld":
        questions.withhold_question(question=one, by=None, at=AT)
    elif what == "hidden":
        questions.hide(words=one, reason=HideReason.ABUSE, by=member(house.province), at=AT)
    elif what == "deleted":
        questions.delete_question(question=one, by=asker_of(one), at=AT)
    elif what == "unsolved":
        mark(one, "unsolved", AT)
    else:
        unmerge(one, at=AT)

    actions.open_due(at=AT + 30 * DAY)

    assert rows(one) == []
    assert in_order()


@pytest.mark.parametrize("way", ["reopened", "withheld", "deleted"])
def test_when_the_lead_is_opened_again_or_gone_nobody_is_asked_about_it(group, way):
    lead, one = group
    if way == "reopened":
        mark(lead, "unsolved", AT)
    elif way == "withheld":
        questions.withhold_question(question=lead, by=None, at=AT)
    else:
        questions.delete_question(question=lead, by=asker_of(lead), at=AT)

    assert [turn(AT + DAY), turn(AT + Day.LATER * DAY)] == [(0, 0), (0, 0)]

    assert rows(one) == []
    assert case_of(one).state == (State.MERGED if way == "reopened" else State.RECEIVED)
    assert in_order()


def test_a_lead_that_is_answered_again_is_asked_about_again(group, house):
    lead, one = group
    turn(AT + DAY)
    mark(lead, "unsolved", AT + DAY)
    reply(lead, house, AT + 2 * DAY)

    assert plan(AT + 2 * DAY) == 1

    assert rows(one) == [(1, 1, True), (2, 1, False), (2, Day.LATER, False)]
    assert dues(one) == [AT + 3 * DAY, AT + 30 * DAY]


def test_a_lead_that_its_asker_calls_solved_is_still_asked_about(group):
    lead, one = group
    mark(lead, "solved", AT)

    assert actions.open_due(at=AT + DAY) == 2
    assert rows(one) == [(1, 1, True), (1, Day.LATER, False)]


def test_what_is_back_in_public_view_is_asked_about_after_all(group, house):
    _lead, one = group
    questions.withhold_question(question=one, by=None, at=AT)
    turn(AT + 2 * DAY)
    one.refresh_from_db()
    questions.release_question(question=one, by=member(house.city), at=AT + 3 * DAY)

    assert turn(AT + 3 * DAY) == (1, 0)
    assert dues(one) == [AT + 4 * DAY, AT + 31 * DAY]


def test_of_an_answer_before_the_merging_nothing_is_asked_while_it_hangs(house):
    lead, one = ask(), ask()
    reply(one, house)
    actions.open_due(at=AT + DAY)
    questions.mark_outcome(question=one, outcome="unsolved", by=asker_of(one), at=AT + DAY)
    assert now_asked(one, AT + DAY) is not None

    merge(one, into=lead, at=AT + DAY)

    assert now_asked(one, AT + DAY) is None
    assert actions.open_due(at=AT + 30 * DAY) == 0
    assert plan(AT + DAY) == 0


def test_a_lead_that_is_merged_takes_its_own_along_and_they_are_asked_about_the_new_one(group):
    lead, one = group
    third = ask()
    mark(lead, "unsolved", AT)
    house_of = case_of(third).holder
    merge(lead, into=third, at=AT + HOUR)
    assert (rows(one), in_order()) == ([], True)
    answer(third, by=member(house_of), organisation=house_of, at=AT + 2 * HOUR)

    assert plan(AT + 2 * HOUR) == 2

    assert dues(one) == dues(third) == [AT + 2 * HOUR + DAY, AT + 2 * HOUR + Day.LATER * DAY]
    assert Callback.objects.filter(case=case_of(one), lead=case_of(third)).count() == 2
