"""What operators enter, how soon it counts, and the alarm about years that nobody entered."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import structlog
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import MONDAY, member
from youthvoice.clock import registry
from youthvoice.journal import queries as journal
from youthvoice.journal.models import Entry
from youthvoice.orgs.choices import Role
from youthvoice.workdays import actions, queries
from youthvoice.workdays.models import DayOverride, EnteredYear, UnknownYear
from youthvoice.workdays.reckoning import PUBLISHED

pytestmark = pytest.mark.django_db
LAST = max(PUBLISHED)
#: A Thursday of a year that no package will ever know.
DAY = date(2090, 3, 2)


def in_month(year, month, day=1):
    return datetime(year, month, day, 1, tzinfo=UTC)


def enter(year):
    EnteredYear.objects.create(year=year, entered_at=MONDAY)


def entries():
    found = Entry.objects.order_by("seq").values_list("verb", "subject", "actor")
    return [entry for entry in found if entry[0].startswith("workdays.")]


@pytest.fixture
def told(monkeypatch):
    """The years that the step tells the log of, as errors."""
    with structlog.testing.capture_logs() as lines:
        monkeypatch.setattr(actions, "_log", structlog.get_logger("youthvoice.workdays"))
        yield lambda: [
            line["year"]
            for line in lines
            if (line["event"], line["log_level"]) == ("workdays.year_missing", "error")
        ]


# --- What operators enter ----------------------------------------------------------------


def test_the_calendar_is_of_the_houses_zone_and_hours():
    calendar = queries.calendar_for(MONDAY)

    assert str(calendar.zone) == "Asia/Shanghai"
    assert calendar.hours == ((time(8, 30), time(12)), (time(14, 30), time(18)))
    assert calendar.hours == settings.DUTY_HOURS
    assert calendar.add_hours(MONDAY, 1) == MONDAY + timedelta(hours=1)


def test_overrides_are_read_once_a_minute():
    DayOverride.objects.create(date=DAY)
    with CaptureQueriesContext(connection) as found:
        for seconds in (0, 30, 60):
            assert not queries.calendar_for(MONDAY + timedelta(seconds=seconds)).is_workday(DAY)
    # What was said of single days, and which years' lists are there.
    assert len(found) == 2

    # As another process would: no signal is heard.
    DayOverride.objects.update(is_working=True)
    assert not queries.calendar_for(MONDAY).is_workday(DAY)
    assert queries.calendar_for(MONDAY + timedelta(seconds=61)).is_workday(DAY)


def test_a_day_that_is_entered_changed_or_removed_counts_at_once():
    def worked():
        return queries.calendar_for(MONDAY).is_workday(DAY)

    assert worked()
    row = DayOverride.objects.create(date=DAY)
    assert not worked()
    row.is_working = True
    row.save()
    assert worked()
    DayOverride.objects.filter(date=DAY).update(is_working=False)
    queries.forget_calendar()
    assert not worked()
    DayOverride.objects.all().delete()
    assert worked()


def test_who_read_before_the_commit_reads_again_after_it(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        DayOverride.objects.create(date=DAY)
    # Somebody else, who could not see the row yet, has put the old ones back.
    rows = DayOverride.objects.filter(date=DAY)
    row = rows.get()
    rows.delete()
    queries.calendar_for(MONDAY)
    DayOverride.objects.bulk_create([row])
    assert queries.calendar_for(MONDAY).is_workday(DAY)

    for callback in callbacks:
        callback()

    assert not queries.calendar_for(MONDAY).is_workday(DAY)


def test_an_operator_enters_a_day_with_an_entry_for_each_change(client, house):
    operator = member(house.province, Role.OPERATOR)
    client.force_login(operator)
    add, day = "/admin/workdays/dayoverride/add/", {"date": "2090-03-02", "name": "春节"}

    assert queries.calendar_for(MONDAY).is_workday(DAY)
    assert client.post(add, day).status_code == 302
    assert not queries.calendar_for(MONDAY).is_workday(DAY)
    row = DayOverride.objects.get()
    twice = client.post(add, day)
    client.post(f"/admin/workdays/dayoverride/{row.pk}/change/", day | {"is_working": "on"})
    assert queries.calendar_for(MONDAY).is_workday(DAY)
    client.post(f"/admin/workdays/dayoverride/{row.pk}/delete/", {"post": "yes"})

    assert "date" in twice.context["adminform"].form.errors
    assert not DayOverride.objects.exists()
    subject = f"workdays.dayoverride:{row.pk}"
    found = Entry.objects.filter(subject=subject).order_by("seq")
    assert list(found.values_list("verb", "actor", "data")) == [
        ("admin.added", operator.pk, {"columns": ["date", "name"]}),
        ("admin.changed", operator.pk, {"columns": ["is_working"]}),
        ("admin.removed", operator.pk, {}),
    ]
    assert list(journal.faults()) == []


@pytest.mark.parametrize("day", ["", "2090-02-30", "not a day", "0000-01-01", "99999-01-01"])
def test_what_is_no_day_is_told(client, house, day):
    client.force_login(member(house.province, Role.OPERATOR))

    response = client.post("/admin/workdays/dayoverride/add/", {"date": day, "name": "x"})

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["date"]


# --- The alarm ---------------------------------------------------------------------------


def test_the_clock_looks_ahead_daily():
    (step,) = [step for step in registry.steps() if step.name == "workdays.look_ahead"]

    assert (step.every, step.work) == (timedelta(days=1), actions.look_ahead)


def test_until_december_only_this_year_is_asked_for(told):
    actions.look_ahead(at=in_month(LAST, 11, 30))

    assert (told(), entries(), UnknownYear.objects.count()) == ([], [], 0)


def test_from_december_on_the_next_year_is_asked_for_with_one_entry(told):
    # It is December in Henan some hours before it is in UTC.
    first = datetime(LAST, 11, 30, 16, tzinfo=UTC)
    actions.look_ahead(at=first)
    actions.look_ahead(at=first + timedelta(days=1))

    row = UnknownYear.objects.get()
    assert (row.year, row.first_seen_at, row.settled_at) == (LAST + 1, first, None)
    assert entries() == [("workdays.year_unknown", f"workdays.unknownyear:{LAST + 1}", None)]
    assert told() == [LAST + 1] * 2
    assert queries.missing_years(at=first) == [LAST + 1]


def test_this_year_and_the_next_may_be_missing_both(told):
    actions.look_ahead(at=in_month(2090, 12))

    assert told() == [2090, 2091]
    assert queries.missing_years(at=in_month(2090, 12)) == [2090, 2091]


def test_a_list_that_is_entered_settles_its_year(told):
    at = in_month(2090, 3)
    actions.look_ahead(at=at)
    DayOverride.objects.create(date=DAY)
    assert queries.missing_years(at=at) == [2090]
    enter(2090)
    # Off the desk at once, and settled by the clock.
    assert queries.missing_years(at=at) == []
    assert UnknownYear.objects.get().settled_at is None

    for hours in (1, 2):
        actions.look_ahead(at=at + timedelta(hours=hours))

    assert UnknownYear.objects.get().settled_at == at + timedelta(hours=1)
    assert [verb for verb, _, _ in entries()] == ["workdays.year_unknown", "workdays.year_settled"]
    assert told() == [2090]


def test_a_list_that_is_taken_out_raises_the_alarm_again():
    at = in_month(2090, 3)
    actions.look_ahead(at=at)
    enter(2090)
    actions.look_ahead(at=at)
    EnteredYear.objects.all().delete()
    actions.look_ahead(at=at + timedelta(days=1))

    assert UnknownYear.objects.get().settled_at is None
    assert UnknownYear.objects.get().first_seen_at == at
    assert [verb for verb, _, _ in entries()] == [
        "workdays.year_unknown",
        "workdays.year_settled",
        "workdays.year_unknown",
    ]


def test_a_package_that_knows_the_year_settles_it(told):
    UnknownYear.objects.create(year=LAST, first_seen_at=in_month(LAST - 1, 12))

    assert queries.missing_years(at=in_month(LAST, 1)) == []
    actions.look_ahead(at=in_month(LAST, 1))

    assert UnknownYear.objects.get().settled_at == in_month(LAST, 1)


def test_a_year_that_is_over_troubles_nobody():
    UnknownYear.objects.create(year=2089, first_seen_at=in_month(2089, 1))
    enter(2090)

    assert queries.missing_years(at=in_month(2089, 12, 31)) == [2089]
    assert queries.missing_years(at=in_month(2090, 1)) == []
    actions.look_ahead(at=in_month(2090, 1))

    assert UnknownYear.objects.get().settled_at == in_month(2090, 1)


def test_the_step_sees_what_another_process_was_told():
    at = in_month(2090, 3)
    queries.calendar_for(at)
    EnteredYear.objects.bulk_create([EnteredYear(year=2090, entered_at=at)])

    actions.look_ahead(at=at)

    assert not UnknownYear.objects.exists()


def test_looking_writes_nothing():
    queries.calendar_for(in_month(2090, 3)).add_days(in_month(2090, 3), 3)

    assert not UnknownYear.objects.exists()


def test_of_two_workers_one_settles_a_year():
    row = UnknownYear.objects.create(year=2089, first_seen_at=MONDAY)

    for seconds in (1, 2):
        actions._settle(row, at=MONDAY + timedelta(seconds=seconds))

    assert UnknownYear.objects.get().settled_at == MONDAY + timedelta(seconds=1)
    assert [verb for verb, _, _ in entries()] == ["workdays.year_settled"]
