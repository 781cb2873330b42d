"""Adding to the journal; the only way in."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

import structlog
from django.db import connection, models, transaction
from django.dispatch import Signal

from youthvoice.journal import queries
from youthvoice.journal.models import GENESIS, Entry, Head
from youthvoice.readymade.writing import insert

_log = structlog.get_logger("youthvoice.journal")
#: Sent within the transaction that records, with `entry` and `subject`. Higher floors
#: listen here; what they write is committed, or not, with the act itself.
recorded = Signal()
#: What the batch under way has recorded, in its order.
_batch: ContextVar[list[Entry] | None] = ContextVar("journal_batch", default=None)


def subject_of(row: models.Model) -> str:
    """How the journal names a row: `questions.answer:12`."""
    return f"{row._meta.label_lower}:{row.pk}"


def record(
    verb: str,
    *,
    subject: models.Model,
    actor: models.Model | None,
    at: datetime,
    data: dict[str, Any] | None = None,
) -> Entry:
    """Append one entry and tell the receivers.

    Call it inside the transaction of the act, as its last step: from here to the commit
    the chain is locked. `data` holds numbers, codes and commitments, never what a person wrote.
    Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("journal.record needs the act's transaction around it")
    batched = _batch.get()
    seq, before = (batched[-1].seq, batched[-1].hash) if batched else _lock_head()
    entry = Entry(
        seq=seq + 1,
        at=at,
        verb=verb,
        subject=subject_of(subject),
        actor=actor.pk if actor is not None else None,
        data=data or {},
        prev_hash=before,
    )
    entry.hash = entry.digest()
    if batched is None:
        insert(entry)
        _move_head(entry)
    else:
        batched.append(entry)
    recorded.send(sender=type(subject), entry=entry, subject=subject)
    return entry


@contextmanager
def batch() -> Iterator[None]:
    """One transaction round many acts that stand or fall together: an import, the demo.

    Their entries are chained as they come and written at the end; until then nobody finds them
    in the table. So no act may be taken back by itself: their transactions make no savepoints
    (and save what those cost), and an error in one ends all, even if somebody catches it.
    """
    if _batch.get() is not None:
        raise RuntimeError("a batch within a batch would begin its chain at the same end")
    with transaction.atomic():
        entries: list[Entry] = []
        token, savepoints = _batch.set(entries), connection.features.uses_savepoints
        connection.features.uses_savepoints = False
        try:
            yield
            connection.validate_no_broken_transaction()
            if entries:
                Entry.objects.bulk_create(entries, batch_size=_AT_ONCE)
                _move_head(entries[-1])
        finally:
            connection.features.uses_savepoints = savepoints
            _batch.reset(token)


def tell_head(*, at: datetime) -> None:
    """A step of the clock: an anchor where whoever may write to the database can't reach it."""
    seq, digest = queries.head()
    _log.info("journal.head", head=f"{seq}:{digest}")


# Every act waits here for every other: what the ORM takes to make two sentences of SQL that
# never change would be waited for by all of them.
_READ = "SELECT seq, hash FROM journal_head WHERE id = 1"
#: On SQLite the transaction has locked all there is when it began.
_LOCK = {"sqlite": _READ, "postgresql": f"{_READ} FOR UPDATE"}
_MOVE = "UPDATE journal_head SET seq = %s, hash = %s WHERE id = 1"
_AT_ONCE = 500


def _lock_head() -> tuple[int, str]:
    """Where the chain ends; nobody else adds to it before our transaction is over."""
    lock = _LOCK[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(lock)
        found = cursor.fetchone()
        if found is None:
            # Two first entries at once: the second waits for the first one's row, then reads it.
            Head.objects.bulk_create([Head(pk=1, seq=0, hash=GENESIS)], ignore_conflicts=True)
            cursor.execute(lock)
            found = cursor.fetchone()
    seq, before = found
    return seq, before


def _move_head(last: Entry) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [last.seq, last.hash])
