from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet, Sum

from youthvoice.reads.choices import EVERYTHING, Audience
from youthvoice.reads.models import Total


def totals(targets: Iterable[str]) -> dict[str, int]:
    """Public reads by target; targets that nobody has read are missing. One query."""
    rows = Total.objects.filter(target__in=list(targets), audience=Audience.PUBLIC)
    return dict(rows.values_list("target", "reads"))


def site_totals() -> dict[str, int]:
    """Reads of everything, by audience code; 0 where there are none."""
    found = dict(Total.objects.filter(target=EVERYTHING).values_list("audience", "reads"))
    return {audience: found.get(audience, 0) for audience in Audience.values}


def sum_of(targets: QuerySet[Any, str]) -> int:
    """Public reads of all targets that a query names, together. One query, each by the index."""
    rows = Total.objects.filter(target__in=targets, audience=Audience.PUBLIC)
    return rows.aggregate(all=Sum("reads"))["all"] or 0
