"""The working calendar, for whoever sets a deadline."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from youthvoice.kit.kept import Kept
from youthvoice.workdays.models import DayOverride, EnteredYear, UnknownYear
from youthvoice.workdays.reckoning import Spans, WorkCalendar

__all__ = [
    "Spans",
    "WorkCalendar",
    "calendar_for",
    "estimate_of",
    "forget_calendar",
    "missing_years",
]

#: Operators enter a year's days once a year; another process hears of them within this time.
_SECONDS = 60

_Days = tuple[datetime, frozenset[date], frozenset[date], frozenset[int]]
_overrides: Kept[_Days] = Kept("workdays.overrides", seconds=_SECONDS)


def calendar_for(at: datetime) -> WorkCalendar:
    """The calendar as it stands for an act at `at`, in the house's zone and working hours.

    What operators entered is read again when it was read more than a minute before or after
    `at`, and as soon as one of its days changes. At most two queries; for many deadlines ask
    once.
    """
    kept = _overrides.get()
    if kept is None or abs(at - kept[0]) > timedelta(seconds=_SECONDS):
        entered = frozenset(EnteredYear.objects.values_list("year", flat=True))
        kept = _overrides.keep((at, *_days(DayOverride.objects.all()), entered))
    _, worked, free, entered = kept
    return _calendar(worked, free, entered=entered)


def estimate_of(years: Collection[int]) -> WorkCalendar:
    """The calendar as it was before the lists of these years were known. Two queries."""
    rows = DayOverride.objects.filter(Q(notice_year=None) | ~Q(notice_year__in=years))
    entered = frozenset(EnteredYear.objects.values_list("year", flat=True)) - frozenset(years)
    return _calendar(*_days(rows), entered=entered, unseen=frozenset(years))


def _days(rows: QuerySet[DayOverride]) -> tuple[frozenset[date], frozenset[date]]:
    """Those that are worked, and those that are free."""
    found = list(rows.values_list("date", "is_working"))
    worked = frozenset(day for day, is_working in found if is_working)
    return worked, frozenset(day for day, _ in found) - worked


def _calendar(worked: frozenset[date], free: frozenset[date], **years: Any) -> WorkCalendar:
    return WorkCalendar(
        worked=worked,
        free=free,
        hours=settings.WORKING_HOURS,
        zone=timezone.get_default_timezone(),
        **years,
    )


def forget_calendar() -> None:
    _overrides.forget()


def missing_years(*, at: datetime) -> list[int]:
    """The years, in order, whose holidays operators must still enter; three queries at most.

    A year is off the list as soon as its list is entered, before the clock settles its row.
    """
    open_rows = UnknownYear.objects.filter(settled_at=None, year__gte=timezone.localdate(at).year)
    years = list(open_rows.order_by("year").values_list("year", flat=True))
    return [year for year in years if not calendar_for(at).knows(year)]
