"""Sums of working time: by example, by rule, and against a reference that walks the minutes."""

import random
import time as stopwatch
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import structlog
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.walks import far, tell
from youthvoice.workdays import reckoning
from youthvoice.workdays.reckoning import PUBLISHED, WorkCalendar
from youthvoice.workdays.tests import reference
from youthvoice.workdays.tests.reference import SHANGHAI

OFFICE = ((time(8, 30), time(12)), (time(14, 30), time(18)))
ROUND_THE_CLOCK = ((time(0), time(0)),)
EVENING = ((time(20), time(0)),)
#: No package will ever know its days.
UNKNOWN = 2090
OVERRIDES = {
    date(2026, 3, 4): False,  # a Wednesday
    date(2026, 3, 7): True,  # a Saturday
    date(2026, 10, 10): False,  # published as a Saturday that is worked
    date(2026, 10, 1): True,  # published as a holiday
    date(2027, 1, 1): False,
}
SPANS = {"office": OFFICE, "day and night": ROUND_THE_CLOCK, "evening": EVENING}


def calendar(overrides=None, *, hours=OFFICE, zone=SHANGHAI):
    overrides = overrides or {}
    worked = frozenset(day for day, is_working in overrides.items() if is_working)
    return WorkCalendar(worked=worked, free=frozenset(overrides) - worked, hours=hours, zone=zone)


PLAIN, CHANGED = calendar(), calendar(OVERRIDES)


def local(month, day, hour=0, minute=0, second=0, *, year=2026):
    return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)


# --- Days --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 3, 2), True),  # a Monday
        (date(2026, 3, 7), False),  # a Saturday
        (date(2026, 2, 17), False),  # the Spring Festival
        (date(2026, 2, 14), True),  # a Saturday worked for it
        (date(2026, 10, 10), True),  # a Saturday worked for the National Day
        (date(2024, 2, 29), True),  # a Thursday
    ],
)
def test_published_days(day, worked):
    assert PLAIN.is_workday(day) is worked


def test_what_operators_entered_goes_before():
    assert {day: CHANGED.is_workday(day) for day in OVERRIDES} == OVERRIDES
    assert CHANGED.is_workday(date(2026, 3, 3))
    assert not CHANGED.is_workday(date(2026, 3, 8))


def test_every_published_day_is_as_the_package_has_it():
    day = date(min(PUBLISHED), 1, 1)
    while day.year <= max(PUBLISHED):
        assert PLAIN.is_workday(day) == reference.published(day), day
        day += timedelta(days=1)


def test_the_published_years_are_without_a_gap():
    assert sorted(PUBLISHED) == list(range(2004, max(PUBLISHED) + 1))
    assert max(PUBLISHED) >= 2026


def test_a_moment_is_no_day():
    with pytest.raises(TypeError):
        PLAIN.is_workday(local(3, 2))


def test_a_calendar_never_changes():
    with pytest.raises(AttributeError):
        PLAIN.free = frozenset()


@pytest.fixture
def told(monkeypatch):
    """What the log is told of unknown years, in a process that has told nothing yet."""
    reckoning._tell_unknown.cache_clear()
    with structlog.testing.capture_logs() as lines:
        monkeypatch.setattr(reckoning, "_log", structlog.get_logger("youthvoice.workdays"))
        yield lines
    reckoning._tell_unknown.cache_clear()


def test_an_unknown_year_is_estimated_and_the_log_is_told_once(told):
    first = date(UNKNOWN, 1, 1)
    for number in range(365):
        day = first + timedelta(days=number)
        assert PLAIN.is_workday(day) == reference.published(day), day
    calendar().is_workday(first)

    line = {"event": "workdays.year_unknown", "log_level": "error", "year": UNKNOWN}
    assert told == [line | {"counted": "by an estimate"}]
    assert not PLAIN.knows(UNKNOWN)


# --- By example --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "hours", "due"),
    [
        (local(3, 2, 9), 0, local(3, 2, 9)),
        (local(3, 2, 9), 1, local(3, 2, 10)),
        (local(3, 2, 9, 0, 1), 3, local(3, 2, 14, 30, 1)),
        # Used up at a span's end: due there, not at the next start.
        (local(3, 2, 9), 3, local(3, 2, 12)),
        (local(3, 2, 8, 30), 7, local(3, 2, 18)),
        (local(3, 2, 12), 0, local(3, 2, 12)),
        # Outside: from the next working moment.
        (local(3, 2, 12, 0, 1), 0, local(3, 2, 14, 30)),
        (local(3, 2, 13), 1, local(3, 2, 15, 30)),
        (local(3, 2, 3), 0, local(3, 2, 8, 30)),
        (local(3, 6, 18), 0, local(3, 6, 18)),
        (local(3, 6, 18), timedelta(seconds=1), local(3, 9, 8, 30, 1)),
        (local(3, 6, 17, 59, 59), timedelta(seconds=2), local(3, 9, 8, 30, 1)),
        (local(3, 7, 10), 0.5, local(3, 9, 9)),
        # Over the Spring Festival, to a Monday after; and onto a Saturday that is worked.
        (local(2, 14, 17), 2, local(2, 24, 9, 30)),
        (local(2, 13, 17), 2, local(2, 14, 9, 30)),
        # Round the turn of the year: 1 and 2 January are holidays, Sunday the 4th is worked.
        (local(12, 31, 17, year=2025), 2, local(1, 4, 9, 30)),
        (local(2, 28, 17, year=2024), 2, local(2, 29, 9, 30, year=2024)),
    ],
)
def test_hours_by_example(at, hours, due):
    assert PLAIN.add_hours(at, hours) == due


@pytest.mark.parametrize(
    ("at", "days", "due"),
    [
        (local(3, 2, 9), 1, local(3, 3, 18)),
        (local(3, 2), 1, local(3, 3, 18)),
        (local(3, 2, 23, 59, 59), 1, local(3, 3, 18)),
        (local(3, 6, 9), 1, local(3, 9, 18)),
        (local(3, 7, 9), 1, local(3, 9, 18)),
        (local(3, 8, 23), 1, local(3, 9, 18)),
        (local(3, 2, 9), 5, local(3, 9, 18)),
        (local(2, 13, 9), 1, local(2, 14, 18)),
        (local(2, 14, 9), 1, local(2, 24, 18)),
        (local(12, 31, year=2025), 1, local(1, 4, 18)),
        (local(2, 28, year=2024), 1, local(2, 29, 18, year=2024)),
    ],
)
def test_days_by_example(at, days, due):
    assert PLAIN.add_days(at, days) == due


def test_the_day_is_the_houses_and_not_utcs():
    assert PLAIN.add_days(datetime(2026, 3, 2, 15, 59, tzinfo=UTC), 1) == local(3, 3, 18)
    assert PLAIN.add_days(datetime(2026, 3, 2, 16, 0, tzinfo=UTC), 1) == local(3, 4, 18)


def test_hours_may_end_with_the_day():
    late = calendar(hours=EVENING)

    assert late.add_hours(local(3, 2, 23), 1) == local(3, 3)
    assert late.add_hours(local(3, 3), 0) == local(3, 3)
    # Friday's midnight is Friday's still, although the Saturday is free.
    assert late.add_hours(local(3, 7), 0) == local(3, 7)
    assert late.add_days(local(3, 2, 9), 1) == local(3, 4)
    assert calendar(hours=ROUND_THE_CLOCK).add_hours(local(3, 2), 24) == local(3, 3)


def test_other_hours_go_before_those_of_the_house():
    assert PLAIN.add_hours(local(3, 2, 9), 1, EVENING) == local(3, 2, 21)
    assert PLAIN.add_days(local(3, 2, 9), 1, EVENING) == local(3, 4)
    assert PLAIN.working_time_between(local(3, 2), local(3, 3), EVENING) == timedelta(hours=4)


def test_where_clocks_are_put_forward_hours_are_those_that_pass():
    berlin = ZoneInfo("Europe/Berlin")
    night = calendar({date(2026, 3, 29): True}, hours=ROUND_THE_CLOCK, zone=berlin)
    start = datetime(2026, 3, 29, tzinfo=berlin)

    assert night.working_time_between(start, datetime(2026, 3, 30, tzinfo=berlin)) == timedelta(
        hours=23
    )
    assert night.add_hours(start, 3) == datetime(2026, 3, 29, 4, tzinfo=berlin)


@pytest.mark.parametrize("hours", [-1, -0.001, timedelta(microseconds=-1), float("nan")])
def test_no_less_than_nothing_can_be_added(hours):
    with pytest.raises(ValueError, match=r"hours|NaN"):
        PLAIN.add_hours(local(3, 2), hours)


@pytest.mark.parametrize("days", [0, -1])
def test_a_term_has_a_day_at_least(days):
    with pytest.raises(ValueError, match="at least one day"):
        PLAIN.add_days(local(3, 2), days)


def test_a_moment_without_a_zone_is_refused():
    naive = datetime(2026, 3, 2)  # noqa: DTZ001 - the point of the test
    for ask in (
        lambda: PLAIN.add_hours(naive, 1),
        lambda: PLAIN.add_days(naive, 1),
        lambda: PLAIN.working_time_between(naive, local(3, 2)),
        lambda: PLAIN.working_time_between(local(3, 2), naive),
    ):
        with pytest.raises(ValueError, match="no time zone"):
            ask()


@pytest.mark.parametrize("add", ["add_hours", "add_days"])
def test_a_sum_ends_somewhere(add):
    with pytest.raises(ValueError, match="ten years"):
        getattr(PLAIN, add)(local(3, 2), 100_000)


def test_backwards_there_is_no_time():
    assert PLAIN.working_time_between(local(3, 2, 11), local(3, 2, 10)) == timedelta(0)
    assert PLAIN.working_time_between(local(3, 3, 11), local(3, 2, 10)) == timedelta(0)


# --- By rule -----------------------------------------------------------------------------

#: Machines that do other work meanwhile are no reason to fail.
steady = settings(deadline=None)
#: From the years that are known into those that aren't, with leap days and turns of the year.
MOMENTS = st.datetimes(
    datetime(2023, 12, 1),  # noqa: DTZ001 - hypothesis wants them bare
    datetime(2028, 12, 31),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, SHANGHAI]),
)
OTHER_ZONES = [ZoneInfo("Asia/Urumqi"), ZoneInfo("America/New_York")]
HOURS = st.timedeltas(timedelta(0), timedelta(hours=30))
CALENDARS = st.builds(
    calendar,
    st.dictionaries(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.booleans(), max_size=9),
    hours=st.sampled_from(list(SPANS.values())),
)


def is_open(calendar, at):
    """Whether work may go on at `at`: within the hours of a workday, their ends included."""
    return any(
        start <= at <= end
        for back in (0, 1)
        for start, end in calendar._open(at.astimezone(SHANGHAI).date() - timedelta(back), None)
    )


@steady
@given(CALENDARS, MOMENTS, HOURS)
def test_due_is_never_before_and_always_at_work(calendar, at, hours):
    due = calendar.add_hours(at, hours)

    assert due >= at + hours
    assert is_open(calendar, due)
    assert (due == at) == (not hours and is_open(calendar, at))


@steady
@given(CALENDARS, MOMENTS, MOMENTS, HOURS, HOURS)
def test_later_or_longer_is_never_due_earlier(calendar, one, other, shorter, longer):
    one, other = sorted([one, other])
    shorter, longer = sorted([shorter, longer])

    assert calendar.add_hours(one, shorter) <= calendar.add_hours(other, shorter)
    assert calendar.add_hours(one, shorter) <= calendar.add_hours(one, longer)


@steady
@given(CALENDARS, MOMENTS, HOURS, HOURS)
def test_hours_are_added_together(calendar, at, some, more):
    assert calendar.add_hours(calendar.add_hours(at, some), more) == calendar.add_hours(
        at, some + more
    )


@steady
@given(CALENDARS, MOMENTS, HOURS)
def test_between_undoes_adding(calendar, at, hours):
    assert calendar.working_time_between(at, calendar.add_hours(at, hours)) == hours


@steady
@given(CALENDARS, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_adding_undoes_between(calendar, at, later):
    end = at + later
    between = calendar.working_time_between(at, end)

    assert between <= end.astimezone(UTC) - at.astimezone(UTC)
    if between:
        due = calendar.add_hours(at, between)
        assert due <= end
        assert calendar.working_time_between(due, end) == timedelta(0)


@steady
@given(CALENDARS, MOMENTS, st.integers(1, 30), st.sampled_from([UTC, *OTHER_ZONES]))
def test_the_zone_of_the_asking_changes_nothing(calendar, at, days, zone):
    there = at.astimezone(zone)

    assert calendar.add_hours(at, days) == calendar.add_hours(there, days)
    assert calendar.add_days(at, days) == calendar.add_days(there, days)
    assert calendar.working_time_between(at, there) == timedelta(0)


@steady
@given(CALENDARS, MOMENTS, st.integers(1, 30))
def test_a_term_in_days_ends_with_the_hours_of_its_last_workday(calendar, at, days):
    due = calendar.add_days(at, days)
    # 24:00 is the next day's first moment.
    first, last = at.astimezone(SHANGHAI).date(), (due - timedelta(seconds=1)).astimezone(SHANGHAI)
    counted = [first + timedelta(days=n) for n in range(1, (last.date() - first).days + 1)]

    assert sum(calendar.is_workday(day) for day in counted) == days
    assert calendar.is_workday(last.date())
    assert due.astimezone(SHANGHAI).time() == calendar.hours[-1][1]
    assert calendar.add_days(at, days + 1) > due
    assert calendar.add_days(at + timedelta(hours=9), days) >= due


# --- Against the reference ---------------------------------------------------------------


@pytest.mark.parametrize("spans", SPANS.values(), ids=SPANS)
@settings(deadline=None, max_examples=15)
@given(data=st.data())
def test_walking_the_minutes_says_the_same(spans, data):
    """In a fortnight anywhere, an unknown year's among them, with any days overridden."""
    start = data.draw(st.dates(date(2024, 2, 20), date(2027, 12, 1)))
    days = [start + timedelta(days=n) for n in range(-1, 25)]
    overrides = data.draw(st.dictionaries(st.sampled_from(days), st.booleans(), max_size=5))
    minutes = reference.worked_minutes(days[0], days[-1], spans, overrides)
    at = datetime.combine(start, time(0), tzinfo=SHANGHAI) + timedelta(
        seconds=data.draw(st.integers(0, 6 * 86_400))
    )
    hours = timedelta(seconds=data.draw(st.integers(0, 10 * 3600)))
    subject = calendar(overrides, hours=spans)

    due = subject.add_hours(at, hours)

    assert due == reference.add_hours(minutes, at, hours)
    later = at + timedelta(seconds=data.draw(st.integers(0, 6 * 86_400)))
    between = subject.working_time_between(at, later)
    assert between == reference.working_time(minutes, at, later)


def test_random_terms_are_as_the_reference_has_them(capsys):
    """From 2025 into 2027, which nobody knew when this was written. All 10,000 of them:
    `bench/walks.py terms`."""
    began, many = stopwatch.process_time(), far(1_000, 10_000)
    chance = random.Random(2026)
    minutes = reference.worked_minutes(date(2024, 12, 31), date(2027, 12, 31), OFFICE, OVERRIDES)
    wrong = 0
    for number in range(many):
        at = local(1, 1, year=2025) + timedelta(seconds=chance.randrange(1000 * 86_400))
        if number % 2:
            hours = timedelta(seconds=chance.choice([0, 1, 3600, chance.randrange(16 * 3600)]))
            due = CHANGED.add_hours(at, hours)
            wrong += due != reference.add_hours(minutes, at, hours)
        else:
            days = chance.randrange(1, 40)
            due = CHANGED.add_days(at, days)
            wrong += due != reference.add_days(at, days, OFFICE, OVERRIDES)
    seconds = stopwatch.process_time() - began

    tell(capsys, f"{many} terms, {wrong} wrong, {seconds:.1f} s")
    assert wrong == 0
