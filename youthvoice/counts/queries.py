from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from youthvoice.counts import models
from youthvoice.counts.models import Sum
from youthvoice.readymade.prepared import prepared

#: This group, and what is kept under this name, say that all questions were counted. Until then
#: whoever asks gets None, and counts for itself.
SETTLED = "settled"
#: The one sum of this group is the number of the last entry of the journal that was read.
READ_TO = "read-to"


def sums(group: str, keys: Iterable[object]) -> dict[str, int] | None:
    """The sums of these keys, 0 where nothing counts. One query."""
    wanted = list(map(str, keys))
    found = {row[:2]: row[2] for row in _sums(group=group, keys=wanted or [""])}
    if (SETTLED, "") not in found:
        return None
    return {key: found.get((group, key), 0) for key in wanted}


@prepared("group", "keys")
def _sums(group: str, keys: list[str]) -> QuerySet[Any]:
    rows = Sum.objects.filter(Q(group=SETTLED) | Q(group=group, key__in=keys))
    return rows.values_list("group", "key", "value")


def all_sums(group: str) -> dict[str, int]:
    return dict(Sum.objects.filter(group=group).values_list("key", "value"))


def read_to() -> int:
    return Sum.objects.filter(group=READ_TO).values_list("value", flat=True).first() or 0


def first_of(group: str) -> str | None:
    """The first key of a group. One query."""
    return Sum.objects.filter(group=group).order_by("key").values_list("key", flat=True).first()


Kept = dict[str, tuple[Any, datetime]]


def kept(*names: str) -> Kept | None:
    """What is kept under these names, and from when it is; without those of which nothing
    counts. One query."""
    found = {name: (value, at) for name, value, at in _kept(names=[SETTLED, *names])}
    return found if found.pop(SETTLED, None) else None


@prepared("names")
def _kept(names: list[str]) -> QuerySet[Any]:
    rows = models.Kept.objects.filter(name__in=names, at__isnull=False)
    return rows.values_list("name", "value", "at")


def notes(reader: str, most: int) -> dict[int, int] | None:
    """The first notes that were left for this reader: each one's number and its question.

    None until all is counted: whoever asks looks at everything.
    """
    if kept() is None:
        return None
    rows = models.Note.objects.filter(reader=reader).order_by("pk")
    return dict(rows.values_list("pk", "question")[:most])
