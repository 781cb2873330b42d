"""Making sure that what was deleted has left the database's files too.

SQLite overwrites what it deletes (`secure_delete`, config/database.py), but the pages as they
were still lie in the write-ahead log until that is emptied. PostgreSQL frees what VACUUM finds
dead; docs/operating.md says what remains in its files, and until when.
"""

from django.db import connection


class StillRead(RuntimeError):
    """Somebody is reading from the write-ahead log; try again later."""


def scrub(tables: list[str]) -> None:
    """Call it outside a transaction; within one there is nothing it could do. Raises StillRead."""
    if connection.in_atomic_block:
        return
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            busy, *_pages = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise StillRead
    elif connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"VACUUM {connection.ops.quote_name(table)}")
