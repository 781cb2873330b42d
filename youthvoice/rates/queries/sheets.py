"""The rates for machines: each question with its classes, and what askers rated, in sums."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from youthvoice.kit.months import next_month
from youthvoice.orgs.models import Organisation
from youthvoice.rates.choices import IN, By, Excluded, Rate, Satisfaction
from youthvoice.rates.queries.classing import asked_in, classed
from youthvoice.rates.queries.counting import Group, cities, month
from youthvoice.rates.queries.tables import small

_AT_ONCE = 1000
HEADER = [
    "number",
    "asked_on",
    "organisation",
    "field",
    "region",
    "city",
    "response",
    "solution",
    "rated",
    "excluded",
]
SUMS_HEADER = [
    "month",
    "by",
    "group",
    "shown",
    "rated",
    "satisfied",
    "soso",
    "unsatisfied",
    "silent",
    "unasked",
]
#: Of words that are gone nothing is told but that they are gone.
_GONE = {Excluded.HIDDEN, Excluded.DELETED}


def lines(first: date, *, months: int, at: datetime) -> Iterator[list[object]]:
    """A line for each question that everybody may know of, as it is asked; the header first.

    Who rated how is in no line: `rated` says only whether. So many questions at once, each
    time by the index.
    """
    yield list(HEADER)
    city_of = cities()
    rows = classed(asked_in(first, months=months), at=at).order_by("asked_at", "pk")
    columns = (
        "pk",
        "asked_at",
        "case__holder__slug",
        "case__holder__region",
        "field",
        "region",
        "response",
        "solution",
        "satisfaction",
        "why",
    )
    place: tuple[datetime, int] | None = None
    while True:
        some = rows.filter(_behind(*place)) if place else rows
        found = list(some.values_list(*columns)[:_AT_ONCE])
        yield from (_line(row, city_of) for row in found)
        if len(found) < _AT_ONCE:
            return
        place = (found[-1][1], found[-1][0])


def _behind(asked_at: datetime, pk: int) -> Q:
    return Q(asked_at__gte=asked_at) & (Q(asked_at__gt=asked_at) | Q(pk__gt=pk))


def _line(row: tuple[Any, ...], city_of: dict[str, str]) -> list[object]:
    pk, asked_at, holder, holder_region, field, region, response, solution, satisfaction, why = row
    day = timezone.localdate(asked_at).isoformat()
    if why in _GONE:
        return [pk, day, "", "", "", "", "", "", "", why]
    where = [pk, day, holder, field, region or "", city_of.get(holder_region, holder_region)]
    if why:
        return [*where, "", "", "", why]
    rated = "rated" if satisfaction in IN[Rate.SATISFACTION] else satisfaction
    return [*where, response, solution, rated, ""]


def sums(first: date, *, months: int, at: datetime) -> Iterator[list[object]]:
    """What askers rated by month, and within it by organisation, field and city.

    What is too small to be shown says so and is empty.
    """
    yield list(SUMS_HEADER)
    for back in reversed(range(months)):
        found = month(next_month(first, -back), at=at)
        name = f"{found.first:%Y-%m}"
        is_small = Rate.SATISFACTION in small(found.total)
        yield _sum([name, By.MONTH.value, name], found.total, is_small)
        slugs = dict(
            Organisation.objects.filter(pk__in=found.groups[By.ORGANISATION]).values_list(
                "pk", "slug"
            )
        )
        for by, groups in found.groups.items():
            hidden = found.hidden[Rate.SATISFACTION, by]
            for key in sorted(groups, key=str):
                shown = slugs[key] if by == By.ORGANISATION else key
                yield _sum([name, by, shown], groups[key], key in hidden)


def _sum(where: list[object], group: Group, is_small: bool) -> list[object]:
    if is_small:
        return [*where, "no", "", "", "", "", "", ""]
    counts = group.classes[Rate.SATISFACTION]
    numbers = [counts[code] for code in Satisfaction.values]
    return [*where, "yes", group.below(Rate.SATISFACTION), *numbers]
