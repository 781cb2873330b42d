"""Months by the house's clock: each is named by its first day, and asked for in an address."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Protocol, TypeVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

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


class _OfMonth(Protocol):
    @property
    def first(self) -> date: ...


_Month = TypeVar("_Month", bound=_OfMonth)


@dataclass(frozen=True)
class Quiet:
    """Months next to each other in which nothing happened; one line in place of their zeros."""

    oldest: date
    newest: date
    is_quiet: bool = True

    @property
    def name(self) -> str:
        """2026年3月, 2026年1月到9月, 2025年11月到2026年2月."""
        first = month_name(self.oldest)
        if self.oldest == self.newest:
            return first
        is_one_year = self.oldest.year == self.newest.year
        last = _("%d月") % self.newest.month if is_one_year else month_name(self.newest)
        return _("%(first)s到%(last)s") % {"first": first, "last": last}


def month_name(first: date) -> str:
    return _("%(year)d年%(month)d月") % {"year": first.year, "month": first.month}


def folded(
    months: Iterable[_Month], *, is_quiet: Callable[[_Month], bool]
) -> "list[_Month | Quiet]":
    """The months, the latest first, with each run of those in which nothing happened as one."""
    found: list[_Month | Quiet] = []
    for quiet, run in groupby(months, key=is_quiet):
        of_run = list(run)
        found += [Quiet(of_run[-1].first, of_run[0].first)] if quiet else of_run
    return found
