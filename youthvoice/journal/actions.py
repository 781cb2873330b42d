"""Adding to the journal; the only way in."""

from datetime import datetime
from typing import Any

from django.db import connection, models
from django.dispatch import Signal

from youthvoice.journal.models import GENESIS, Entry, Head

#: Sent within the transaction that records, with `entry` and `subject`. Higher floors
#: listen here; what they write is committed, or not, with the act itself.
recorded = Signal()


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
    the chain is locked. `data` holds numbers and codes, never what a person wrote.
    Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("journal.record needs the act's transaction around it")
    seq, before = _lock_head()
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
    entry.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [entry.seq, entry.hash])
    recorded.send(sender=type(subject), entry=entry, subject=subject)
    return entry


# Every act waits here for every other: what the ORM takes to make two sentences of SQL that
# never change would be waited for by all of them.
_READ = "SELECT seq, hash FROM journal_head WHERE id = 1"
#: On SQLite the transaction has locked all there is when it began.
_LOCK = {"sqlite": _READ, "postgresql": f"{_READ} FOR UPDATE"}
_MOVE = "UPDATE journal_head SET seq = %s, hash = %s WHERE id = 1"


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
