"""What questions count for; apps join from their `AppConfig.ready`."""

from collections.abc import Iterable
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


_counts: list[Count] = []
_made: dict[str, Make] = {}


def add(count: Count) -> None:
    _counts.append(count)


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
