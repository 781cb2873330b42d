"""What is kept for a time only; apps say it, and the worker purges it once a day."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import models, transaction

#: Rows deleted in one transaction.
CHUNK = 500
#: Rows that one run deletes of one kind; the rest waits for the next day's.
MOST = 100_000


class Purge(Protocol):
    """Deletes what is over at `at`, and says how much that was."""

    def __call__(self, *, at: datetime) -> int: ...


@dataclass(frozen=True)
class Kept:
    name: str
    purge: Purge


_kept: list[Kept] = []


def add(name: str, *, purge: Purge) -> None:
    """Call it when the apps are ready. The journal counts what went under `name`."""
    _kept.append(Kept(name, purge))


def purge(*, at: datetime) -> dict[str, int]:
    """Purge all kinds; gives how many of each went."""
    return {kept.name: kept.purge(at=at) for kept in _kept}


def delete_in_chunks(rows: models.QuerySet[Any], *, most: int = MOST) -> int:
    """Delete rows a few at a time, so that nobody waits long for their turn to write."""
    gone = 0
    table = rows.model._base_manager
    while gone < most and (chunk := list(rows.values_list("pk", flat=True)[:CHUNK])):
        with transaction.atomic():
            table.filter(pk__in=chunk).delete()
        gone += len(chunk)
    return gone
