"""Reads that wait, where a process that is killed leaves them: a file of its own, mapped to memory.

Reads are written to the database a minute at a time, so that its log tells no order (actions.py).
Here they stand in places drawn at random, and as marks only (visitors.mark_of), so the file tells
no order either, nor that two reads have anything in common. The process holds a lock on its file;
whoever begins next takes over the files on which nobody does.
"""

import fcntl
import mmap
import os
import secrets
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

#: A mark, what it is of, when and by whom: (mark, (target, hour, audience)).
Marked = tuple[bytes, tuple[str, int, str]]
_PLACE = struct.Struct("<16sIcB40s2x")
_PLACES = 1 << 15
_SUFFIX = ".reads"


class Full(Exception):
    """It is time to write them to the database."""


class Spool:
    """This process's file. All its methods are called under the recorder's lock."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = folder / f"{secrets.token_hex(8)}{_SUFFIX}"
        self._number = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        fcntl.flock(self._number, fcntl.LOCK_EX)
        os.ftruncate(self._number, _PLACE.size * _PLACES)
        self._map = mmap.mmap(self._number, _PLACE.size * _PLACES)
        self._used: dict[bytes, int] = {}
        self._free = list(range(_PLACES))
        secrets.SystemRandom().shuffle(self._free)

    def keep(self, mark: bytes, target: str, hour: int, audience: str) -> None:
        """Raises Full."""
        place = self._used.get(mark)
        if place is None:
            if not self._free:
                raise Full
            place = self._used[mark] = self._free.pop()
        written = target.encode()
        _PLACE.pack_into(
            self._map, place * _PLACE.size, mark, hour, audience.encode(), len(written), written
        )

    def forget(self, marks: Iterable[bytes]) -> None:
        """They are in the database."""
        for mark in marks:
            place = self._used.pop(mark, None)
            if place is not None:
                self._map[place * _PLACE.size : (place + 1) * _PLACE.size] = bytes(_PLACE.size)
                self._free.append(place)
        secrets.SystemRandom().shuffle(self._free)

    def close(self) -> None:
        """At a clean stop, when nothing waits any more."""
        self._map.close()
        if not self._used:
            self._path.unlink(missing_ok=True)
        os.close(self._number)


def left_behind(folder: Path) -> Iterator[Marked]:
    """What processes that were killed had not written; their files go as they are read."""
    for path in sorted(folder.glob(f"*{_SUFFIX}")):
        try:
            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                found = file.read()
                yield from _read(found)
                path.unlink(missing_ok=True)
        except OSError:
            # Somebody holds it, or was first.
            continue


def _read(found: bytes) -> Iterator[Marked]:
    whole = len(found) - len(found) % _PLACE.size
    for mark, hour, audience, length, target in _PLACE.iter_unpack(found[:whole]):
        if hour:
            yield mark, (target[:length].decode(), hour, audience.decode())
