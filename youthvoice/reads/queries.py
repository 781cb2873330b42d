from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet, Sum

from youthvoice.reads.choices import EVERYTHING, Audience
from youthvoice.reads.models import Total
from youthvoice.readymade.prepared import prepared


def totals(targets: Iterable[str]) -> dict[str, int]:
    """Public reads by target; targets that nobody has read are missing. One query."""
    return dict(_totals(targets=list(targets)))


@prepared("targets")
def _totals(targets: list[str]) -> QuerySet[Any]:
    rows = Total.objects.filter(target__in=targets, audience=Audience.PUBLIC)
    return rows.values_list("target", "reads")


def site_totals() -> dict[str, int]:
    """Reads of everything, by audience code; 0 where there are none."""
    found = dict(_site_totals())
    return {audience: found.get(audience, 0) for audience in Audience.values}


@prepared()
def _site_totals() -> QuerySet[Any]:
    return Total.objects.filter(target=EVERYTHING).values_list("audience", "reads")


def sum_of(targets: QuerySet[Any, str]) -> int:
    """Public reads of all targets that a query names, together. One query, each by the index."""
    rows = Total.objects.filter(target__in=targets, audience=Audience.PUBLIC)
    return rows.aggregate(all=Sum("reads"))["all"] or 0
