"""Up the chain: who is to be told of what is late, and when the next one is.

Everything here is pure: no database, no clock, no settings.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Told:
    """One rung that is told now, and when the one above it is; None at the top."""

    rung: int
    is_empty: bool
    due: datetime
    next_at: datetime | None


def tells_at(due_at: datetime, rung: int, hours: Sequence[int]) -> datetime | None:
    """When a rung is told of what was due at `due_at`; None above the top."""
    return due_at + timedelta(hours=hours[rung]) if rung < len(hours) else None


def climb(
    *,
    due_at: datetime,
    rung: int,
    next_at: datetime | None,
    at: datetime,
    hours: Sequence[int],
    is_empty: Callable[[int], bool],
) -> Iterator[Told]:
    """The rungs that are told at `at`, from `rung` on, each once and in order.

    After a long silence several are due at once, and a place where nobody is hands its moment
    to the one above. What is remembered between two calls is the last one's `rung` plus one and
    its `next_at`, so that it doesn't matter how often, how late or in which order of moments
    one calls: only whether a moment has come.
    """
    while next_at is not None and next_at <= at:
        empty = is_empty(rung)
        after = tells_at(due_at, rung + 1, hours)
        if empty and after is not None:
            after = min(after, next_at)
        yield Told(rung, empty, next_at, after)
        rung, next_at = rung + 1, after
