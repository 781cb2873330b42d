"""Reading and checking the chain."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from youthvoice.journal.models import GENESIS, Entry, Head


@dataclass(frozen=True)
class Fault:
    seq: int
    kind: Literal["changed", "missing", "re-ordered", "head"]


def head() -> tuple[int, str]:
    """Number and hash of the last entry; (0, GENESIS) for an empty journal."""
    row = Head.objects.filter(pk=1).first()
    return (row.seq, row.hash) if row else (0, GENESIS)


def faults(*, anchor: tuple[int, str] | None = None) -> Iterator[Fault]:
    """Walk the whole chain and give what does not fit, in order.

    `anchor` is a number and hash noted earlier outside this database: with it, a chain
    that was rewritten from some place on to the end is found too.
    """
    # An empty journal's head is an anchor too; every chain passes it.
    last_seq, last_hash, anchored = 0, GENESIS, anchor in {None, (0, GENESIS)}
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=2000):
        gap = range(last_seq + 1, entry.seq)
        yield from (Fault(seq, "missing") for seq in gap)
        if entry.digest() != entry.hash:
            yield Fault(entry.seq, "changed")
        elif entry.prev_hash != last_hash and not gap:
            yield Fault(entry.seq, "re-ordered")
        if anchor and entry.seq == anchor[0]:
            anchored = entry.hash == anchor[1]
        last_seq, last_hash = entry.seq, entry.hash
    head_seq, head_hash = head()
    yield from (Fault(seq, "missing") for seq in range(last_seq + 1, head_seq + 1))
    if head_seq < last_seq or (head_seq == last_seq and head_hash != last_hash):
        yield Fault(last_seq, "head")
    if not anchored and anchor:
        yield Fault(anchor[0], "head")
