"""Where limits are counted: a small file of its own beside the database, never in it.

In the database each count would stand, in the log of writes, beside the act that was counted. Who
asked without a name would be found by whatever they did under it from the same network.

A copy of the file tells no order, and names nobody without the keys. What is in it ends within a
day; it needs no backup. A power cut may spoil it: then all counts begin anew.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings

from youthvoice.kit.sqlite.library import sqlite3

#: A process that dies leaves whole rows; only a machine that does may not, without `synchronous`.
_BEGIN = """
PRAGMA synchronous=OFF;
PRAGMA secure_delete=ON;
CREATE TABLE IF NOT EXISTS counts (
    key BLOB PRIMARY KEY,
    used INTEGER NOT NULL,
    ends INTEGER NOT NULL
) WITHOUT ROWID;
"""
_PATIENCE = 20
_log = structlog.get_logger("youthvoice.limits")
#: What keeps the file from being written: a full disk, a folder that is gone.
UNWRITABLE = (OSError, sqlite3.Error)
_local = threading.local()


def execute(query: str, values: Any = ()) -> Any:
    return _connection().execute(query, values)


@contextmanager
def transaction() -> Iterator[None]:
    """All or nothing; others wait."""
    connection = _connection()
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def empty() -> None:
    """All counts begin anew."""
    if Path(settings.LIMITS_FILE).exists():
        execute("DELETE FROM counts")


def _connection() -> Any:
    """This thread's own: of this process, for one that was forked must not use its parent's."""
    whose = (os.getpid(), str(settings.LIMITS_FILE))
    if getattr(_local, "whose", None) != whose:
        _local.connection = _open(Path(settings.LIMITS_FILE))
        _local.whose = whose
    return _local.connection


def _open(path: Path) -> Any:
    try:
        return _opened(path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        _log.warning("limits.begun_anew")
        path.unlink(missing_ok=True)
        return _opened(path)


def _opened(path: Path) -> Any:
    # SQLite would make a file that others on the machine may read.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        connection.executescript(_BEGIN)
        if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("torn")
    except BaseException:
        connection.close()
        raise
    return connection
