"""Months by the house's clock: each is named by its first day, and asked for in an address."""

from datetime import date, datetime, time

from django.http import HttpRequest
from django.utils import timezone

from youthvoice.kit import clock

#: Nothing was counted before; and no later year than a person will ask for.
FIRST_YEAR, _LAST_YEAR = 2020, 2200


def month_of(at: datetime) -> date:
    return timezone.localdate(at).replace(day=1)


def next_month(first: date, step: int = 1) -> date:
    number = first.year * 12 + first.month - 1 + step
    return date(number // 12, number % 12 + 1, 1)


def begin(first: date) -> datetime:
    """Its first moment."""
    return timezone.make_aware(datetime.combine(first, time.min))


def month_asked(request: HttpRequest, name: str) -> date:
    """The month of ?until=2026-03; what is none, or not yet, means this month."""
    this = month_of(clock.now())
    year, _, month = request.GET.get(name, "").partition("-")
    if not (year.isascii() and year.isdigit() and month.isascii() and month.isdigit()):
        return this
    if len(year) != 4 or len(month) > 2 or not FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return this
    return min(date(int(year), int(month), 1), this) if 1 <= int(month) <= 12 else this
