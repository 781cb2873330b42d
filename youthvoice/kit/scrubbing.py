"""Making sure that what was deleted has left the database's files too.

SQLite overwrites what it deletes (`secure_delete`, config/database.py). Of two copies it knows
nothing: the pages as they were still lie in the write-ahead log until that is emptied, and where
rows were moved to another page, what stood in their place before may lie in its unused part until
the file is written anew. So both are done again and again, whoever erased what: no way of erasing
can be forgotten. PostgreSQL frees what VACUUM finds dead; docs/operating.md says what remains in
its files, and until when.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

#: So long writers may wait behind readers of the log, in milliseconds; then it is tried later.
_PATIENCE = 500
#: Written anew, a file needs room for its copy and for the log.
_ROOM = 3
#: On PostgreSQL no table is cleared more often, however busy it is.
_SELDOM = "1 hour"


class StillRead(RuntimeError):
    """Somebody is reading from the write-ahead log; try again later."""


class NoRoom(RuntimeError):
    """There is too little of the disk left to write the file anew."""


def scrub(tables: list[str]) -> None:
    """Call it outside a transaction; within one there is nothing it could do. Raises StillRead."""
    if connection.in_atomic_block:
        return
    if connection.vendor == "sqlite":
        _empty_log()
    elif connection.vendor == "postgresql":
        _vacuum(tables)


def scrub_changed() -> None:
    """The same of all tables, again and again: on PostgreSQL of those in which something is dead.

    Raises StillRead.
    """
    tables: list[str] = []
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname FROM pg_stat_user_tables WHERE n_dead_tup > 0 AND "
                "coalesce(greatest(last_vacuum, last_autovacuum), '-infinity') "
                "< now() - %s::interval",
                [_SELDOM],
            )
            tables = [name for (name,) in cursor.fetchall()]
    scrub(tables)


def rewrite() -> None:
    """Write SQLite's file anew, so that nothing is in it but its rows. Nobody else writes
    meanwhile, some two seconds for each 100 MB; readers read on. Raises NoRoom, StillRead."""
    if connection.in_atomic_block or connection.vendor != "sqlite":
        return
    file = Path(str(connection.settings_dict["NAME"]))
    if shutil.disk_usage(file.parent).free < _ROOM * file.stat().st_size:
        raise NoRoom
    # The copy may be larger than the memory.
    with _set("temp_store", 1), connection.cursor() as cursor:
        cursor.execute("VACUUM")
    _empty_log()


def _empty_log() -> None:
    with _set("busy_timeout", _PATIENCE), connection.cursor() as cursor:
        busy, *_pages = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise StillRead


def _vacuum(tables: list[str]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"VACUUM {connection.ops.quote_name(table)}")


@contextmanager
def _set(pragma: str, value: int) -> Iterator[None]:
    """For a while."""
    with connection.cursor() as cursor:
        before: Any = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
        cursor.execute(f"PRAGMA {pragma}={value}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA {pragma}={before}")
