"""What the calendar should say, told as plainly and slowly as can be: minute by minute.

It shares nothing with what it checks: days come from the packages' own functions, and moments
are looked at one after the other.
"""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import chinese_calendar
import holidays

MINUTE = timedelta(minutes=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@cache
def published(day: date) -> bool:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # it has no data for the year
        return day.weekday() < 5 and day not in holidays.country_holidays("CN", years=day.year)


def is_workday(day: date, overrides: dict[date, bool]) -> bool:
    return overrides[day] if day in overrides else published(day)


def worked_minutes(first: date, last: date, spans, overrides) -> list[datetime]:
    """The beginning of each worked minute, both days included, in UTC. The zone is Shanghai's,
    whose days all have 24 hours now."""
    found = []
    day = first
    while day <= last:
        midnight = datetime.combine(day, time(0), tzinfo=SHANGHAI).astimezone(UTC)
        for number in range(24 * 60 if is_workday(day, overrides) else 0):
            clock = time(number // 60, number % 60)
            if any(start <= clock and (end == time(0) or clock < end) for start, end in spans):
                found.append(midnight + number * MINUTE)
        day += timedelta(days=1)
    return found


def add_hours(minutes: list[datetime], at: datetime, hours: timedelta) -> datetime:
    """Use up `hours` from `at` on, a worked minute at a time."""
    first = bisect_left(minutes, at - MINUTE)
    if not hours and minutes[first] + MINUTE == at:
        return at  # the end of a worked minute
    left = hours
    for number in range(first, len(minutes)):
        begin = max(minutes[number], at)
        rest = minutes[number] + MINUTE - begin
        if rest and left <= rest:
            return begin + left
        left -= rest
    raise AssertionError("the list of minutes is too short")


def working_time(minutes: list[datetime], a: datetime, b: datetime) -> timedelta:
    found = timedelta(0)
    for number in range(bisect_left(minutes, a - MINUTE), len(minutes)):
        if minutes[number] >= b:
            break
        found += min(minutes[number] + MINUTE, b) - max(minutes[number], a)
    return found


def add_days(at: datetime, days: int, spans, overrides: dict[date, bool]) -> datetime:
    day = at.astimezone(SHANGHAI).date()
    while days:
        day += timedelta(days=1)
        days -= is_workday(day, overrides)
    end = spans[-1][1]
    if end == time(0):
        day += timedelta(days=1)
    return datetime.combine(day, end, tzinfo=SHANGHAI)
