"""Pieces of pages that are the same for everybody and on many pages, drawn once a process.

A piece is kept under all that it shows, and for as long as what it is `of` is the very same
object; so there is nothing to take out when something changes. What people write never comes in
here: words that leave public view leave with the row that held them.
"""

from collections.abc import Callable, Hashable
from threading import Lock

from django.utils.safestring import SafeString
from django.utils.translation import get_language


class Fragments:
    """At most so many bytes of them; the oldest goes first."""

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._lock = Lock()
        self._kept: dict[Hashable, tuple[object, SafeString]] = {}

    def get(self, *key: Hashable, of: object = None, draw: Callable[[], SafeString]) -> SafeString:
        whole = (get_language(), *key)
        kept = self._kept.get(whole)
        if kept is not None and kept[0] is of:
            return kept[1]
        drawn = draw()
        with self._lock:
            self._drop(whole)
            self._kept[whole] = of, drawn
            self._size += _bytes(drawn)
            while self._size > self._most:
                self._drop(next(iter(self._kept)))
        return drawn

    def _drop(self, key: Hashable) -> None:
        _of, drawn = self._kept.pop(key, (None, SafeString("")))
        self._size -= _bytes(drawn)


def _bytes(drawn: str) -> int:
    # Python keeps text with Chinese in it in two bytes a letter.
    return 2 * len(drawn)
