"""Django's SQLite back end whose writers queue fairly.

Whoever writes first waits for their turn beside the database (queue.py), and only then begins.

And its tables keep no order of insertion where their key is no number: SQLite numbers rows in
secret (`rowid`), so that a copy would tell which session, mark or sealed record came first.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor
from django.db.models import Model

from youthvoice.kit.sqlite import library
from youthvoice.kit.sqlite.queue import Queue, queue_of

#: What changes the file: words, the shape of tables, and what the write-ahead log still holds of
#: it. A checkpoint beside a commit is how older versions lose pages (library.py).
_CHANGES = re.compile(
    r"\s*(INSERT|UPDATE|DELETE|REPLACE|WITH\b.*\b(INSERT|UPDATE|DELETE)|"
    r"CREATE|ALTER|DROP|REINDEX|ANALYZE|VACUUM|"
    r"PRAGMA\s+(\w+\.)?(wal_checkpoint|optimize|incremental_vacuum))\b",
    re.IGNORECASE | re.DOTALL,
)


class QueueingCursor(base.SQLiteCursorWrapper):
    """A write outside a transaction is one of its own, and queues like every other; so does a
    checkpoint."""

    def __init__(self, connection: Any, wrapper: "DatabaseWrapper") -> None:
        super().__init__(connection)
        self._wrapper = wrapper

    def execute(self, query: str, params: Any = None) -> Any:
        with self._wrapper.turn_for(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self._wrapper.turn_for(query):
            return super().executemany(query, param_list)


class SchemaEditor(DatabaseSchemaEditor):
    def table_sql(self, model: type[Model]) -> tuple[str, Any]:
        sql, params = super().table_sql(model)
        # Only `integer` is the row's own number; `bigint` would be a second one beside it.
        is_number = model._meta.pk.db_type(self.connection) == "integer"
        return sql if is_number else f"{sql} WITHOUT ROWID", params


class DatabaseWrapper(base.DatabaseWrapper):
    SchemaEditorClass = SchemaEditor
    #: For whoever tells which SQLite it is.
    library = library
    _queue: Queue | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Without patterns: Django's REGEXP is Python's `re`, which holds the interpreter for as
        long as a pattern takes, and that may be for ever."""
        connection = super().get_new_connection(conn_params)
        connection.create_function("REGEXP", 2, None)
        return connection

    def create_cursor(self, name: Any = None) -> Any:
        return self.connection.cursor(factory=lambda raw: QueueingCursor(raw, self))

    @contextmanager
    def turn_for(self, query: str) -> Iterator[None]:
        """Hold the queue's lock while a single statement writes; nothing to do for others."""
        if self.connection.in_transaction or not _CHANGES.match(query):
            yield
            return
        self._queue_up()
        try:
            yield
        finally:
            # With autocommit off the statement has begun a transaction that goes on.
            if not self.connection.in_transaction:
                self._leave_queue()

    def _queue_up(self) -> None:
        """Wait for the turn to write; the lock is this connection's until commit or rollback."""
        if self.is_in_memory_db():
            return
        if self._queue is None:
            self._queue = queue_of(f"{self.settings_dict['NAME']}.queue")
        self._queue.enter()

    def _leave_queue(self) -> None:
        if self._queue is not None:
            self._queue.leave()

    def _savepoint_allowed(self) -> bool:
        # Django's own looks at the transaction alone; see journal.actions.batch.
        allowed: bool = super()._savepoint_allowed()  # type: ignore[misc]
        return allowed and self.features.uses_savepoints

    def _start_transaction_under_autocommit(self) -> None:
        self._queue_up()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave_queue()
            raise

    def _commit(self) -> Any:
        try:
            return super()._commit()  # type: ignore[misc]
        finally:
            self._leave_queue()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_queue()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            if self._queue is not None:
                self._queue.close()
                self._queue = None
