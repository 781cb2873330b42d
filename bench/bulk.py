"""Rows in bulk, past the actions: executemany on SQLite, COPY on PostgreSQL; indexes last."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

DAY = 86400
_DATES: dict[int, str] = {}
_CLOCKS = [f" {s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}" for s in range(DAY)]


def when(second: float | None) -> str | None:
    """A moment as the database takes it."""
    if second is None:
        return None
    day, rest = divmod(int(second), DAY)
    if day not in _DATES:
        _DATES[day] = f"{datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day):%Y-%m-%d}"
    return f"{_DATES[day]}{_CLOCKS[rest]}{_zone()}"


def _zone() -> str:
    from django.db import connection

    return "+00" if connection.vendor == "postgresql" else ""


class Writer:
    """Rows in bulk: executemany on SQLite, COPY on PostgreSQL; indexes last."""

    def __init__(self) -> None:
        from django.db import connection

        self.connection = connection
        self.is_sqlite = connection.vendor == "sqlite"
        self.indexes: list[str] = []

    def begin(self) -> None:
        with self.connection.cursor() as cursor:
            if self.is_sqlite:
                for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000"):
                    cursor.execute(f"PRAGMA {pragma}")
                cursor.execute(
                    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
                )
            else:
                cursor.execute("SET session_replication_role = replica")
                cursor.execute("SET synchronous_commit TO off")
                cursor.execute("SET maintenance_work_mem TO '1GB'")
                cursor.execute(
                    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
                    " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
                )
            found = cursor.fetchall()
            self.indexes = [made for _name, made in found]
            for name, _made in found:
                cursor.execute(f'DROP INDEX "{name}"')

    def end(self) -> None:
        from django.apps import apps
        from django.core.management.color import no_style

        with self.connection.cursor() as cursor:
            for made in self.indexes:
                cursor.execute(made)
            if self.is_sqlite:
                for pragma in ("synchronous=FULL", "foreign_keys=ON"):
                    cursor.execute(f"PRAGMA {pragma}")
                cursor.execute("ANALYZE" if os.environ.get("ANALYZE") else "SELECT 1")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            else:
                cursor.execute("SET session_replication_role = DEFAULT")
                resets = self.connection.ops.sequence_reset_sql(no_style(), apps.get_models())
                for reset in resets:
                    cursor.execute(reset)
                cursor.execute("ANALYZE")
        self.connection.close()

    def write(self, model: Any, names: str, rows: Iterable[tuple]) -> None:
        """`names` are the columns that `rows` give; all others get the model's defaults."""
        given = names.split()
        fields = {f.attname: f for f in model._meta.concrete_fields if f.column}
        rest = {
            name: f.get_db_prep_save(f.get_default(), self.connection)
            for name, f in fields.items()
            if name not in given and name != model._meta.pk.attname and f.has_default()
        }
        blank = [
            name
            for name, f in fields.items()
            if name not in given
            and not f.has_default()
            and not f.null
            and f.empty_strings_allowed
            and not f.has_db_default()
            and name != model._meta.pk.attname
        ]
        rest |= dict.fromkeys(blank, "")
        columns = [fields[name].column for name in (*given, *rest)]
        constant = tuple(rest.values())
        table = model._meta.db_table
        listed = ", ".join(f'"{column}"' for column in columns)
        from django.db import transaction

        with transaction.atomic(), self.connection.cursor() as cursor:
            if self.is_sqlite:
                places = ", ".join("?" * len(columns))
                raw = cursor.cursor if hasattr(cursor, "cursor") else cursor
                sql = f"INSERT INTO {table} ({listed}) VALUES ({places})"  # noqa: S608
                super(type(raw), raw).executemany(sql, (row + constant for row in rows))
            else:
                with cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row + constant)
