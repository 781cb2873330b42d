"""The numbers of one month, as they are kept, or counted in one query."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

from django.core.cache import cache
from django.db.models import Count

from youthvoice.counts import queries as counts
from youthvoice.orgs.choices import Level
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.queries import all_regions, region_and_above
from youthvoice.rates.choices import CLASSES, IN, By, Rate
from youthvoice.rates.queries.classing import asked_in, classed
from youthvoice.rates.queries.hiding import Cell, to_hide

#: A page is at most so many seconds old; it says from when it is.
KEPT_SECONDS = 300


@dataclass
class Group:
    """How many questions have which class; each rate's classes add up to `questions`."""

    questions: int = 0
    classes: dict[str, Counter[str]] = field(
        default_factory=lambda: {rate.value: Counter() for rate in CLASSES}
    )

    def packed(self) -> list[Any]:
        return [self.questions, self.classes]

    @classmethod
    def unpacked(cls, questions: int, classes: dict[str, dict[str, int]]) -> Self:
        return cls(questions, {rate: Counter(codes) for rate, codes in classes.items()})

    def below(self, rate: Rate) -> int:
        """The denominator."""
        return sum(self.classes[rate][code] for code in IN[rate])


@dataclass
class Month:
    first: date
    at: datetime
    total: Group = field(default_factory=Group)
    #: By By and key: an organisation's number, a field's or a city's code.
    groups: dict[str, dict[Any, Group]] = field(
        default_factory=lambda: {by.value: {} for by in By if by != By.MONTH}
    )
    #: Why and how many.
    excluded: Counter[str] = field(default_factory=Counter)
    #: By Rate and By: the keys whose numbers aren't shown.
    hidden: dict[tuple[str, str], set[Any]] = field(default_factory=dict)

    def packed(self) -> dict[str, Any]:
        """As JSON holds it; groups as JSON once more, for a page reads those of one By at most."""
        return {
            "total": self.total.packed(),
            "groups": {
                by: json.dumps([[key, *group.packed()] for key, group in groups.items()])
                for by, groups in self.groups.items()
            },
            "excluded": self.excluded,
            "hidden": [[*of, sorted(keys)] for of, keys in self.hidden.items()],
        }

    @classmethod
    def unpacked(
        cls, first: date, packed: dict[str, Any], at: datetime, wanted: Collection[str]
    ) -> Self:
        """With the groups of these By alone."""
        groups = {
            by: {key: Group.unpacked(*rest) for key, *rest in _loaded(rows)}
            for by, rows in packed["groups"].items()
            if by in wanted
        }
        hidden = {(rate, by): set(keys) for rate, by, keys in packed["hidden"]}
        total, excluded = Group.unpacked(*packed["total"]), Counter(packed["excluded"])
        return cls(first, at, total, groups, excluded, hidden)


def _loaded(rows: str | list[Any]) -> Any:
    """What a process of an hour ago kept was a list."""
    return json.loads(rows) if isinstance(rows, str) else rows


#: What is left out stands under this in place of a holder.
EXCLUDED = "-"
#: Of a holder, a region of it and a field: which class of which rate, and how many.
_Line = tuple[Any, str, str, str, str, int]


def month(first: date, *, at: datetime, by: Collection[By] = tuple(By)) -> Month:
    """What was asked in the month that begins with `first`; only the groups of `by` are sure to
    be there. One query, or none."""
    return months([first], at=at, by=by)[0]


def months(firsts: Sequence[date], *, at: datetime, by: Collection[By] = tuple(By)) -> list[Month]:
    """The same for several; in one query where all is counted (`counts`)."""
    names = {first: f"rates:{first:%Y-%m}" for first in firsts}
    kept = counts.kept(*names.values())
    if kept is None:
        return [_counted(first, at) for first in firsts]
    return [
        Month.unpacked(first, *kept[name], by) if name in kept else Month(first, at)
        for first, name in names.items()
    ]


def _counted(first: date, at: datetime) -> Month:
    """Until all is counted: of all questions of the month, and kept for some minutes."""
    key = f"rates.month.{first:%Y-%m}"
    found: Month | None = cache.get(key)
    if found is None:
        found = _count(first, at)
        cache.set(key, found, KEPT_SECONDS)
    return found


def forget(first: date) -> None:
    cache.delete(f"rates.month.{first:%Y-%m}")


def _count(first: date, at: datetime) -> Month:
    columns = ("case__holder", "case__holder__region", "field", *(rate.value for rate in CLASSES))
    rows = classed(asked_in(first), at=at).order_by().values("why", *columns)
    excluded: Counter[str] = Counter()
    lines: list[_Line] = []
    for row in rows.annotate(times=Count("pk")):
        if row["why"]:
            excluded[row["why"]] += row["times"]
            continue
        of = (row["case__holder"], row["case__holder__region"], row["field"])
        lines += [(*of, rate.value, row[rate], row["times"]) for rate in CLASSES]
    return _of_lines(first, lines, excluded, at)


def of_sums(first: date, sums: Mapping[str, int], *, at: datetime) -> Month:
    """Of what all questions of the month count for (`rates.counting`)."""
    excluded: Counter[str] = Counter()
    counted: list[tuple[int, str, str, str, int]] = []
    for name, times in sums.items():
        holder, *rest = name.split(":")
        if holder == EXCLUDED:
            excluded[rest[0]] = times
        else:
            counted.append((int(holder), rest[0], rest[1], rest[2], times))
    rows = Organisation.objects.filter(pk__in={one[0] for one in counted})
    region_of = dict(rows.values_list("pk", "region"))
    lines = [(one[0], region_of[one[0]], *one[1:]) for one in counted]
    return _of_lines(first, lines, excluded, at)


def _of_lines(first: date, lines: Iterable[_Line], excluded: Counter[str], at: datetime) -> Month:
    found, city_of = Month(first, at, excluded=excluded), cities()
    #: How many stand below the line of each rate, by organisation, city and field.
    cells: dict[str, Counter[Cell]] = {rate.value: Counter() for rate in CLASSES}
    for holder, region, of_field, rate, code, times in lines:
        keys = {
            By.ORGANISATION: holder,
            By.FIELD: of_field,
            By.REGION: city_of.get(region, region),
        }
        groups = [found.groups[by].setdefault(key, Group()) for by, key in keys.items()]
        for group in (found.total, *groups):
            group.classes[rate][code] += times
            # Each question has one class of each rate.
            group.questions += times if rate == Rate.RESPONSE else 0
        if code in IN[Rate(rate)]:
            cells[rate][keys[By.ORGANISATION], keys[By.REGION], keys[By.FIELD]] += times
    for rate in CLASSES:
        hidden = to_hide(cells[rate])
        found.hidden[rate, By.ORGANISATION] = hidden.organisations
        found.hidden[rate, By.REGION] = hidden.cities
        found.hidden[rate, By.FIELD] = hidden.fields
    return found


def cities() -> dict[str, str]:
    """Of each region the city that it is a part of; itself if it is in none."""
    regions = all_regions()
    above = {code: (code, *region_and_above(code)) for code in regions}
    return {
        code: next((one for one in chain if regions[one].level == Level.CITY), code)
        for code, chain in above.items()
    }
