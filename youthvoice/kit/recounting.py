"""Numbers that are kept beside the rows they count: apps say how theirs are counted anew, and
`youthvoice recount` proves all of them, with nobody writing meanwhile."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from django.db import OperationalError, connection, models, transaction
from django.utils.translation import gettext as _

_TRIES = 100
_PAUSE = 0.1


class Drift(NamedTuple):
    """A number that was not what the rows say."""

    name: str
    kept: int
    counted: int


class Busy(Exception):
    """No quiet moment was found; nothing was changed."""


class Count(Protocol):
    """Counts anew, sets what was wrong, and tells it."""

    def __call__(self) -> Iterable[Drift]: ...


@dataclass(frozen=True)
class Kept:
    count: Count
    #: All that is counted, and all that counts, unless `count` keeps its writers away itself.
    tables: tuple[type[models.Model], ...]


_kept: list[Kept] = []


def add(count: Count, *tables: type[models.Model]) -> None:
    """Call it when the apps are ready."""
    _kept.append(Kept(count, tables))


def recount() -> list[Drift]:
    """Count everything anew, set what was wrong, and tell it; an empty list means all was exact.

    Nothing of it is written meanwhile. Raises Busy when others never stop writing.
    """
    for _attempt in range(_TRIES):
        try:
            with transaction.atomic():
                _stop_writers()
                return [drift for kept in _kept for drift in kept.count()]
        except OperationalError:
            if connection.in_atomic_block:
                break  # somebody else's transaction: it is theirs to try again
            time.sleep(_PAUSE)
    raise Busy(_("这会儿写入太忙，过一会儿再数。"))


def _stop_writers() -> None:
    """On SQLite the transaction itself does it. On PostgreSQL the tables are locked all at
    once or not at all: waiting for one while holding another could tear an act apart."""
    if connection.vendor == "postgresql":
        tables = sorted({table._meta.db_table for kept in _kept for table in kept.tables})
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE NOWAIT")
