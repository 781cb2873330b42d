from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from youthvoice.counts import models
from youthvoice.counts.models import Sum

#: This group, and what is kept under this name, say that all questions were counted. Until then
#: whoever asks gets None, and counts for itself.
SETTLED = "settled"


def sums(group: str, keys: Iterable[object]) -> dict[str, int] | None:
    """The sums of these keys, 0 where nothing counts. One query."""
    wanted = list(map(str, keys))
    rows = Sum.objects.filter(Q(group=SETTLED) | Q(group=group, key__in=wanted))
    found = {(row[0], row[1]): row[2] for row in rows.values_list("group", "key", "value")}
    if (SETTLED, "") not in found:
        return None
    return {key: found.get((group, key), 0) for key in wanted}


def all_sums(group: str) -> dict[str, int]:
    return dict(Sum.objects.filter(group=group).values_list("key", "value"))


def first_of(group: str) -> str | None:
    """The first key of a group. One query."""
    return Sum.objects.filter(group=group).order_by("key").values_list("key", flat=True).first()


Kept = dict[str, tuple[Any, datetime]]


def kept(*names: str) -> Kept | None:
    """What is kept under these names, and from when it is; without those of which nothing
    counts. One query."""
    rows = models.Kept.objects.filter(name__in=[SETTLED, *names], at__isnull=False)
    told = rows.values_list("name", "value", "at")
    found = {name: (value, at) for name, value, at in told if at is not None}
    return found if found.pop(SETTLED, None) else None
