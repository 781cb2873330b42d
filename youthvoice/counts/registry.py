"""What questions count for; apps join from their `AppConfig.ready`."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Protocol


class Share:
    """What one question counts for, as it is put together."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.keys: dict[str, int] = {}
        self.again_at: datetime | None = None

    def add(self, group: str, key: object, many: int = 1) -> None:
        name = f"{group}|{key}"
        self.keys[name] = self.keys.get(name, 0) + many

    def until(self, moment: datetime | None) -> None:
        """What was added stands until then, if that is still to come."""
        if moment is not None and moment > self.at:
            self.again_at = min(filter(None, (self.again_at, moment)))


class Count(Protocol):
    """Adds to the share of each of the questions; all of them at once, in few queries."""

    def __call__(self, shares: dict[int, Share], *, at: datetime) -> None: ...


class Make(Protocol):
    """Makes of the sums of a group what is `Kept` under its name."""

    def __call__(self, group: str, sums: dict[str, int], *, at: datetime) -> Any: ...


class Follow(Protocol):
    """Keeps what follows of these questions for a list or a step, in the transaction in which
    they are counted anew: few queries, of these questions alone."""

    def __call__(self, questions: Collection[int], *, at: datetime) -> None: ...


_counts: list[Count] = []
_follows: list[Follow] = []
_made: dict[str, Make] = {}


def add(count: Count) -> None:
    _counts.append(count)


def follow(look: Follow) -> None:
    _follows.append(look)


def follows() -> list[Follow]:
    return _follows


def _as_they_are(group: str, sums: dict[str, int], *, at: datetime) -> Any:
    return sums


def keep(first: str, make: Make = _as_they_are) -> None:
    """Of each group whose name, up to a colon, is `first`."""
    _made[first] = make


def shares(questions: Iterable[int], *, at: datetime) -> dict[int, Share]:
    found = {number: Share(at) for number in questions}
    for count in _counts:
        count(found, at=at)
    return found


def maker_of(group: str) -> Make | None:
    return _made.get(group.split(":")[0])
