"""Which month somebody asks for in an address."""

from datetime import date

from django.http import HttpRequest

from youthvoice.kit import clock
from youthvoice.moderation.queries import month_of

#: Nothing was counted before; and no later year than a person will ask for.
FIRST_YEAR, _LAST_YEAR = 2020, 2200


def month_asked(request: HttpRequest, name: str) -> date:
    """The first day of a month as ?until=2026-03; what is none, or not yet, means this month."""
    this = month_of(clock.now())
    year, _, month = request.GET.get(name, "").partition("-")
    if not (year.isascii() and year.isdigit() and month.isascii() and month.isdigit()):
        return this
    if len(year) != 4 or len(month) > 2 or not FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return this
    return min(date(int(year), int(month), 1), this) if 1 <= int(month) <= 12 else this
