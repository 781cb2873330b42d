"""The tables of the rates as a page shows them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from youthvoice.kit.months import Quiet, folded, month_name, next_month
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.queries import all_regions
from youthvoice.questions.choices import Field
from youthvoice.rates.choices import CLASSES, IN, LEAST, TOP, By, Rate
from youthvoice.rates.queries.counting import Group, Month, month, months

#: Rows on a page.
SIZE = 30
MONTHS = 12


@dataclass(frozen=True)
class Part:
    """One class: its code, its words, how many, and where its piece of the bar lies."""

    code: str
    label: str
    count: int
    start: float = 0
    width: float = 0


@dataclass(frozen=True)
class Line:
    """One rate of one row. Without parts it is too small to be shown."""

    rate: Rate
    top: int
    below: int
    parts: list[Part]
    #: The classes that stand apart.
    apart: list[Part]
    hidden: bool = False

    @property
    def percent(self) -> str:
        """With one decimal, halves upwards; empty when nothing is below the line."""
        if not self.below:
            return ""
        tenths = (2000 * self.top + self.below) // (2 * self.below)
        return f"{tenths // 10}.{tenths % 10}"


@dataclass(frozen=True)
class Row:
    name: str
    #: The organisation's address name; empty for all else.
    slug: str
    questions: int
    lines: list[Line]

    @property
    def has_figures(self) -> bool:
        """Whether any of its rates can be shown."""
        return any(line.below for line in self.lines)


@dataclass(frozen=True)
class Table:
    by: By
    first: date
    #: From when the numbers are.
    at: datetime
    #: Of the whole month; None when the table is one of months.
    total: Row | None
    rows: list[Row]
    next_after: str
    #: Why and how many count in none of them, in the months shown.
    excluded: dict[str, int]
    questions: int


def table(*, by: By, first: date, after: str, at: datetime) -> Table:
    """One page of a table; a place that is none of ours begins at the top."""
    if by == By.MONTH:
        return _of_months(first, at)
    found = month(first, at=at, by=[by])
    keys = _in_order(found, by)
    places = [str(key) for key in keys]
    start = places.index(after) + 1 if after in places else 0
    shown = keys[start : start + SIZE]
    names = _names(by, shown)
    rows = [_row(names[key], found.groups[by][key], _hidden(found, by, key)) for key in shown]
    return Table(
        by,
        first,
        found.at,
        _row((_("全省"), ""), found.total, small(found.total)),
        rows,
        places[start + SIZE - 1] if len(keys) > start + SIZE else "",
        dict(found.excluded),
        found.total.questions,
    )


def _of_months(last: date, at: datetime) -> Table:
    found = months([next_month(last, -n) for n in range(MONTHS)], at=at, by=[])
    excluded: dict[str, int] = {}
    for one in found:
        for why, times in one.excluded.items():
            excluded[why] = excluded.get(why, 0) + times
    rows = [
        _nothing(one)
        if isinstance(one, Quiet)
        else _row((month_name(one.first), ""), one.total, small(one.total))
        for one in folded(found, is_quiet=lambda one: not one.total.questions)
    ]
    questions = sum(one.total.questions for one in found)
    return Table(By.MONTH, last, min(one.at for one in found), None, rows, "", excluded, questions)


def small(group: Group) -> set[Rate]:
    """The rates that a whole month has too few for."""
    return {rate for rate in CLASSES if 0 < group.below(rate) < LEAST}


def _hidden(found: Month, by: By, key: Any) -> set[Rate]:
    return {rate for rate in CLASSES if key in found.hidden[rate, by]}


def _in_order(found: Month, by: By) -> list[Any]:
    """Fields as everywhere, cities by their codes, organisations with the most first."""
    groups = found.groups[by]
    if by == By.FIELD:
        return [code for code in Field.values if code in groups]
    if by == By.REGION:
        return sorted(groups)
    return sorted(groups, key=lambda pk: (-groups[pk].questions, pk))


def _names(by: By, keys: list[Any]) -> dict[Any, tuple[str, str]]:
    if by == By.FIELD:
        return {code: (str(Field(code).label), "") for code in keys}
    if by == By.REGION:
        regions = all_regions()
        return {code: (regions[code].name if code in regions else code, "") for code in keys}
    rows = Organisation.objects.filter(pk__in=keys)
    return {pk: (name, slug) for pk, name, slug in rows.values_list("pk", "short_name", "slug")}


def _row(name: tuple[str, str], group: Group, hidden: set[Rate]) -> Row:
    return Row(*name, group.questions, [line(rate, group, rate in hidden) for rate in CLASSES])


def _nothing(months: Quiet) -> Row:
    return Row(months.name, "", 0, [])


def line(rate: Rate, group: Group, hidden: bool) -> Line:
    if hidden:
        return Line(rate, 0, 0, [], [], hidden=True)
    counts, below = group.classes[rate], group.below(rate)
    parts, start = [], 0.0
    for code in IN[rate]:
        width = 100 * counts[code] / below if below else 0
        parts.append(Part(code, _label(rate, code), counts[code], start, width))
        start += width
    apart = [
        Part(code, _label(rate, code), counts[code])
        for code in CLASSES[rate].values
        if code not in IN[rate] and counts[code]
    ]
    return Line(rate, counts[TOP[rate]], below, parts, apart)


def _label(rate: Rate, code: str) -> str:
    return str(CLASSES[rate](code).label)
