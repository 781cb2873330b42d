"""What a process keeps in memory for a while, because reading it anew each time is dear."""

import secrets
from typing import Generic, TypeVar

from django.core.cache import cache

T = TypeVar("T")


class Kept(Generic[T]):
    """One value, for so many seconds. It is given as it is, so nobody may change it.

    The cache itself would make a copy for whoever asks, which for a hundred rows takes longer
    than a query. It holds only which value is the right one, and for how long.
    """

    def __init__(self, key: str, *, seconds: int) -> None:
        self._key = key
        self._seconds = seconds
        self._kept: tuple[str, T] | None = None

    def get(self) -> T | None:
        """The value, or None where there is none, or its time is over."""
        kept = self._kept
        return kept[1] if kept is not None and cache.get(self._key) == kept[0] else None

    def keep(self, value: T) -> T:
        mark = secrets.token_hex(8)
        self._kept = (mark, value)
        cache.set(self._key, mark, self._seconds)
        return value

    def forget(self) -> None:
        cache.delete(self._key)
