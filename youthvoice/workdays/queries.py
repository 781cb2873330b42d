"""The working calendar, for whoever sets a deadline."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from youthvoice.kit.kept import Kept
from youthvoice.workdays.models import DayOverride, UnknownYear
from youthvoice.workdays.reckoning import Spans, WorkCalendar

__all__ = ["Spans", "WorkCalendar", "calendar_for", "forget_calendar", "missing_years"]

#: Operators enter a year's days once a year; another process hears of them within this time.
_SECONDS = 60

_Days = tuple[datetime, frozenset[date], frozenset[date]]
_overrides: Kept[_Days] = Kept("workdays.overrides", seconds=_SECONDS)


def calendar_for(at: datetime) -> WorkCalendar:
    """The calendar as it stands for an act at `at`, in the house's zone and working hours.

    What operators entered is read again when it was read more than a minute before or after
    `at`, and as soon as one of its days changes. At most one query; for many deadlines ask once.
    """
    kept = _overrides.get()
    if kept is None or abs(at - kept[0]) > timedelta(seconds=_SECONDS):
        rows = list(DayOverride.objects.values_list("date", "is_working"))
        worked = frozenset(day for day, is_working in rows if is_working)
        kept = _overrides.keep((at, worked, frozenset(day for day, _ in rows) - worked))
    _, worked, free = kept
    return WorkCalendar(
        worked=worked,
        free=free,
        hours=settings.WORKING_HOURS,
        zone=timezone.get_default_timezone(),
    )


def forget_calendar() -> None:
    _overrides.forget()


def missing_years(*, at: datetime) -> list[int]:
    """The years, in order, whose holidays operators must still enter; two queries at most.

    A year is off the list with its first day that is entered, before the clock settles its row.
    """
    open_rows = UnknownYear.objects.filter(settled_at=None, year__gte=timezone.localdate(at).year)
    years = list(open_rows.order_by("year").values_list("year", flat=True))
    return [year for year in years if not calendar_for(at).knows(year)]
