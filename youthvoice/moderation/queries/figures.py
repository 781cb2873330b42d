"""The monthly figures of /moderation/, counted from the rows. They are of acts, not of people."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber, TruncMonth

from youthvoice.kit.months import begin, next_month
from youthvoice.moderation.choices import AppealState, HideReason, State
from youthvoice.moderation.models import Appeal, Item, Report

MONTHS = 12
ORGANISATIONS_MOST = 100
#: Everything that was hidden at some time, whatever came after.
_ONCE_HIDDEN = (State.HIDDEN, State.UNDONE, State.RESTORED)


@dataclass
class Month:
    first: date
    reports: int = 0
    hidden: dict[str, int] = field(default_factory=dict)
    dismissed: int = 0
    undone: int = 0
    appeals: int = 0
    upheld: int = 0
    restored: int = 0
    #: From the first report to the decision, the middle one (the lower of two); None without.
    median_seconds: int | None = None

    @property
    def is_quiet(self) -> bool:
        """Whether nothing of it happened."""
        done = (self.dismissed, self.undone, self.appeals, self.upheld, self.restored)
        return not (self.reports or self.hidden_all or any(done))

    @property
    def hidden_all(self) -> int:
        return sum(self.hidden.values())

    @property
    def by_reason(self) -> list[tuple[str, str, int]]:
        return [(r.value, str(r.label), self.hidden.get(r.value, 0)) for r in HideReason]


@dataclass(frozen=True)
class Figures:
    #: The latest first.
    months: list[Month]
    #: Which organisation hid how many in these months, the most first.
    organisations: list[tuple[str, str, int]]


def figures(*, last: date) -> Figures:
    """The MONTHS months up to `last`, the first day of one. Seven queries."""
    firsts = [next_month(last, -n) for n in range(MONTHS)]
    months = {first: Month(first) for first in firsts}
    since, until = begin(firsts[-1]), begin(next_month(last))

    def add(rows: QuerySet[Any], column: str, name: str) -> None:
        for first, times in _monthly(rows, column, since, until):
            setattr(months[first], name, times)

    add(Report.objects.all(), "at", "reports")
    add(Item.objects.filter(undone_at__isnull=False), "undone_at", "undone")
    add(Appeal.objects.all(), "made_at", "appeals")
    for first, state, times in _monthly(
        Appeal.objects.exclude(decided_at=None), "decided_at", since, until, "state"
    ):
        if state in (AppealState.UPHELD, AppealState.RESTORED):
            setattr(months[first], state, times)
    decided = Item.objects.exclude(decided_at=None)
    for first, state, reason, times in _monthly(
        decided, "decided_at", since, until, "state", "reason"
    ):
        if state in _ONCE_HIDDEN:
            kept = months[first].hidden
            kept[reason] = kept.get(reason, 0) + times
        elif state == State.DISMISSED:
            months[first].dismissed += times
    for first, seconds in _medians(decided.exclude(state=State.GONE), since, until):
        months[first].median_seconds = seconds
    return Figures([months[first] for first in firsts], _by_organisation(since, until))


def _monthly(
    rows: QuerySet[Any], column: str, since: datetime, until: datetime, *by: str
) -> Iterable[tuple[Any, ...]]:
    """First day of the month, the values of `by`, and how many."""
    found = _within(rows, column, since, until).values("month", *by).order_by()
    for row in found.annotate(times=Count("pk")):
        yield (row["month"].date(), *(row[name] for name in by), row["times"])


def _within(rows: QuerySet[Any], column: str, since: datetime, until: datetime) -> QuerySet[Any]:
    rows = rows.filter(**{f"{column}__gte": since, f"{column}__lt": until})
    return rows.annotate(month=TruncMonth(column))


def _medians(rows: QuerySet[Item], since: datetime, until: datetime) -> Iterable[tuple[date, int]]:
    a_month = F("month")
    ranked = _within(rows, "decided_at", since, until).annotate(
        place=Window(RowNumber(), partition_by=a_month, order_by=["decide_seconds", "pk"]),
        many=Window(Count("pk"), partition_by=a_month),
    )
    middle = ranked.filter(place=(F("many") + 1) / 2)
    for first, seconds in middle.values_list("month", "decide_seconds"):
        yield first.date(), seconds


def _by_organisation(since: datetime, until: datetime) -> list[tuple[str, str, int]]:
    rows = Item.objects.filter(
        decided_at__gte=since, decided_at__lt=until, state__in=_ONCE_HIDDEN
    ).exclude(decided_for=None)
    counted = rows.values("decided_for__slug", "decided_for__short_name").order_by()
    most = counted.annotate(times=Count("pk")).order_by("-times", "decided_for__slug")
    return [
        (row["decided_for__slug"], row["decided_for__short_name"], row["times"])
        for row in most[:ORGANISATIONS_MOST]
    ]


def lines(found: Figures) -> Iterable[list[object]]:
    """The same as rows of a table for machines: month, figure, of what, number."""
    yield ["month", "figure", "of", "number"]
    for month in found.months:
        first = f"{month.first:%Y-%m}"
        for name in ("reports", "dismissed", "undone", "appeals", "upheld", "restored"):
            yield [first, name, "", getattr(month, name)]
        for code, _label, times in month.by_reason:
            yield [first, "hidden", code, times]
        seconds = "" if month.median_seconds is None else month.median_seconds
        yield [first, "median_seconds", "", seconds]
    for slug, _name, times in found.organisations:
        yield ["", "hidden_by", slug, times]
