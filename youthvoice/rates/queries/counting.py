"""The numbers of one month, counted in one query and kept for some minutes."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Count

from youthvoice.orgs.choices import Level
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


def month(first: date, *, at: datetime) -> Month:
    """What was asked in the month that begins with `first`. One query, or none."""
    key = f"rates.month.{first:%Y-%m}"
    found: Month | None = cache.get(key)
    if found is None:
        found = _count(first, at)
        cache.set(key, found, KEPT_SECONDS)
    return found


def forget(first: date) -> None:
    cache.delete(f"rates.month.{first:%Y-%m}")


def _count(first: date, at: datetime) -> Month:
    found, city_of = Month(first, at), cities()
    columns = ("case__holder", "case__holder__region", "field", *(rate.value for rate in CLASSES))
    rows = classed(asked_in(first), at=at).order_by().values("why", *columns)
    #: How many stand below the line of each rate, by organisation, city and field.
    cells: dict[str, Counter[Cell]] = {rate.value: Counter() for rate in CLASSES}
    for row in rows.annotate(times=Count("pk")):
        times = row["times"]
        if row["why"]:
            found.excluded[row["why"]] += times
            continue
        keys = {
            By.ORGANISATION: row["case__holder"],
            By.FIELD: row["field"],
            By.REGION: city_of.get(row["case__holder__region"], row["case__holder__region"]),
        }
        groups = [found.groups[by].setdefault(key, Group()) for by, key in keys.items()]
        for group in (found.total, *groups):
            group.questions += times
            for rate in CLASSES:
                group.classes[rate][row[rate]] += times
        cell = (keys[By.ORGANISATION], keys[By.REGION], keys[By.FIELD])
        for rate in CLASSES:
            if row[rate] in IN[rate]:
                cells[rate][cell] += times
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
