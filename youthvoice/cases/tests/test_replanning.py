"""Deadlines that rest on an estimate say so, and are reckoned anew once the list is there."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import OrganisationFactory, answer, ask, asker_of, member
from youthvoice.cases import actions
from youthvoice.cases.actions import moving, replanning
from youthvoice.cases.choices import Clock, HopState
from youthvoice.cases.models import Case, Hop, Lane
from youthvoice.cases.tests.working import case_of, lane_of, own, refer, transfer
from youthvoice.clock import registry
from youthvoice.journal import queries as journal
from youthvoice.journal.models import Entry
from youthvoice.orgs.choices import Role
from youthvoice.questions import actions as questions
from youthvoice.questions.actions.importing import Message, import_question
from youthvoice.workdays.models import EnteredYear
from youthvoice.workdays.tests.lists import YEAR, enter, forget

pytestmark = pytest.mark.django_db


def local(month, day, hour, minute=0, *, year=YEAR):
    return datetime(year, month, day, hour - 8, minute, tzinfo=UTC)


#: The Thursday before the Spring Festival, an hour before its end; by Monday to Friday the next
#: working hour would be the eve's.
EVE = local(2, 4, 17)
#: The list is published and entered a week before.
ENTERED = local(1, 28, 10)


@pytest.fixture(autouse=True)
def unknown(monkeypatch):
    forget(monkeypatch)


@pytest.fixture
def bureau(house):
    return OrganisationFactory(slug="rsj", kind="expert", name="市人社局", short_name="人社局")


def enter_list(house, at):
    enter(by=member(house.province, Role.OPERATOR), at=at)


def plan_of(sql):
    with connection.cursor() as cursor:
        return str(cursor.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall())


def dues():
    """All deadlines that are marked, of whatever kind."""
    return (
        Lane.objects.filter(is_estimated=True).count(),
        Hop.objects.filter(is_estimated=True).count(),
        Hop.objects.filter(sign_is_estimated=True).count(),
        Case.objects.filter(first_is_estimated=True).count(),
    )


def test_the_clock_does_it():
    assert [step.work for step in registry.steps() if step.name == "cases.replan"] == [
        actions.replan
    ]


def test_over_the_spring_festival_nobody_is_late_by_a_day_that_nobody_works(house, bureau):
    question = ask(at=EVE)
    refer(question, bureau, at=EVE)
    hop = Hop.objects.get()

    # By Monday to Friday: on the eve at 9:30, and five working days from the eve on.
    assert hop.sign_due_at == local(2, 11, 9, 30)
    assert hop.due_at == local(2, 17, 18)
    assert dues() == (2, 1, 1, 1)


def test_a_deadline_in_a_year_that_is_known_is_marked_nowhere(house, bureau):
    before = local(12, 24, 10, year=YEAR - 1)
    question = ask(at=before)
    refer(question, bureau, at=before)
    hop = Hop.objects.get()

    assert (hop.sign_is_estimated, hop.is_estimated) == (False, False)
    assert hop.due_at == local(12, 31, 18, year=YEAR - 1)
    # The holder looks after it a working day later.
    assert own(question).is_estimated
    assert not case_of(question).first_is_estimated


def test_with_the_list_each_is_reckoned_anew_and_marked_no_more(house, bureau):
    at = local(2, 4, 17, 30)
    question = ask(at=EVE)
    refer(question, bureau, at=EVE)
    transfer(ask(at=EVE), house.province, at=EVE)
    assert actions.replan(at=at) == 0

    enter_list(house, at)
    looked_at = actions.replan(at=at)

    assert (looked_at, dues()) == (2, (0, 0, 0, 0))
    first, second = Hop.objects.order_by("pk")
    # The 11th and 12th are free by the list, too.
    assert first.sign_due_at == second.sign_due_at == local(2, 15, 9, 30)
    assert first.due_at == local(2, 19, 18)
    lane = lane_of(question, bureau)
    assert (lane.due_at, lane.escalate_at) == (first.sign_due_at, first.sign_due_at)
    assert Lane.objects.get(pk=second.lane_id).due_at == second.due_at
    entries = Entry.objects.filter(verb="case.replanned").order_by("seq")
    assert [entry.data for entry in entries] == [
        {"question": number}
        for number in Case.objects.order_by("pk").values_list("question", flat=True)
    ]
    assert list(journal.faults()) == []
    assert actions.replan(at=at) == 0


def test_a_first_reply_is_reckoned_from_asking_on_with_its_two_bounds(house, settings):
    friday, sunday = local(1, 29, 17), local(1, 31, 9, 30)
    night = ask(at=EVE)
    settings.FIRST_REPLY_WORST_HOURS = 240
    question = ask(at=friday)
    assert case_of(question).first_due_at == local(2, 1, 9, 30)

    enter_list(house, ENTERED)
    actions.replan(at=local(1, 29, 17, 30))

    # That Sunday is worked. Of the other it was the bound by hours of any time, and still is.
    assert case_of(question).first_due_at == own(question).due_at == sunday
    assert case_of(night).first_due_at == own(night).due_at == EVE + timedelta(hours=24)


def test_what_was_answered_has_run_out_or_ended_stays_as_it_was(house, bureau):
    answered, late = ask(at=EVE), ask(at=local(1, 27, 9))
    answer(answered, by=member(house.city), organisation=house.city, at=EVE)
    refer(late, bureau, at=local(1, 27, 9))
    refer(answered, bureau, at=EVE)
    for hop in Hop.objects.filter(lane__case__question=answered):
        moving.move_hop(hop, HopState.WITHDRAWN, at=EVE)
    rows = list(Hop.objects.order_by("pk").values_list("sign_due_at", "due_at"))
    first = list(Case.objects.order_by("pk").values_list("first_due_at", flat=True))

    enter_list(house, EVE)
    actions.replan(at=EVE)

    after = list(Hop.objects.order_by("pk").values_list("sign_due_at", "due_at"))
    # Only the open one's last day, which is still to come and isn't changed by this list.
    assert after == rows
    assert list(Case.objects.order_by("pk").values_list("first_due_at", flat=True)) == first
    assert dues() == (0, 0, 0, 0)


def test_a_promise_is_for_a_day_of_everybodys_calendar(house):
    question = ask(at=EVE)
    day = local(2, 9, 18)
    moving.start_clock(own(question), Clock.PROMISE, day, at=EVE)
    assert not own(question).is_estimated

    enter_list(house, EVE)
    actions.replan(at=EVE)

    assert own(question).due_at == day


def test_a_clock_that_stands_goes_on_by_the_list(house, settings):
    settings.FIRST_REPLY_WORST_HOURS = 240
    question = ask(at=EVE)
    actions.ask_back(lane=own(question), text="哪个区？", by=member(house.city), at=EVE)
    left = own(question).left_seconds

    enter_list(house, EVE)
    actions.replan(at=EVE)
    assert (own(question).left_seconds, own(question).escalate_at) == (left, None)
    questions.comment(
        question=question,
        answer=None,
        text="金水区。",
        by=asker_of(question),
        at=local(2, 4, 17, 30),
    )

    # Two hours of duty: half an hour on that day, the rest after the list's last day.
    assert own(question).due_at == local(2, 15, 10)
    assert not own(question).is_estimated


def test_who_still_counts_by_the_old_calendar_after_the_list_is_found_by_the_next_run(house):
    """Another process hears of the list within a minute; until then it tells estimates."""
    actions.replan(at=EVE)
    EnteredYear.objects.bulk_create([EnteredYear(year=YEAR, entered_at=EVE)])
    question = ask(at=EVE)
    assert own(question).is_estimated

    actions.replan(at=EVE + timedelta(minutes=2))

    assert dues() == (0, 0, 0, 0)


def test_a_run_that_is_cut_off_is_gone_on_with(house, monkeypatch):
    monkeypatch.setattr(replanning, "_AT_ONCE", 1)
    for _number in range(3):
        refer(ask(at=EVE), house.experts, at=EVE)
    enter_list(house, EVE)
    real, calls = replanning._replan, []

    def breaks(case, anew):
        calls.append(case.pk)
        if len(calls) == 2:
            raise RuntimeError("cut off")
        return real(case, anew)

    monkeypatch.setattr(replanning, "_replan", breaks)
    with pytest.raises(RuntimeError):
        actions.replan(at=EVE)
    monkeypatch.setattr(replanning, "_replan", real)

    assert actions.replan(at=EVE) == 2
    assert dues() == (0, 0, 0, 0)
    assert Entry.objects.filter(verb="case.replanned").count() == 3


def test_looking_for_them_reads_nothing_but_such_rows(house):
    """Each minute, over all that was ever asked."""
    with CaptureQueriesContext(connection) as found:
        assert replanning._some(EVE) == []

    assert len(found) == 4
    if connection.vendor == "sqlite":
        plans = [plan_of(query["sql"]) for query in found.captured_queries]
        assert all("estimated (" in plan for plan in plans), plans


def test_an_old_import_rests_on_no_estimate(house):
    """Of its year nobody has a list either."""
    message = Message(
        *("code", "author", "help", "work", "旧的提问", "内容。", local(1, 5, 10, year=2001)),
        *("", None, None),
    )
    import_question(message, at=EVE)

    assert Case.objects.count() == 1
    assert dues() == (0, 0, 0, 0)
