"""Surrogate keys: what a kept page shows, by name, and when each of them last changed.

A page carries the keys of what it shows (`q12`, `lists`); an act says after its commit which keys
it changed (`changed`). Whoever keeps the page compares the moments (`Board.changed_since`). Nothing
is deleted by name, so no two processes race over it: deleting loses against a page that was being
drawn from what was there before.

The moments stand in a file that all processes of a machine map into their memory. Between
machines PostgreSQL carries them (listening.py).
"""

import mmap
import os
import re
import threading
import time
import zlib
from collections.abc import Collection, Iterable
from functools import partial
from pathlib import Path

import structlog
from django.conf import settings
from django.db import connection, transaction

#: Of everything that is kept.
ALL = "all"
#: PostgreSQL's channel, and how much of a payload it takes.
CHANNEL = "youthvoice_pages"
_PAYLOAD_MOST = 7000
#: Two keys that share a place cost a drawing now and then, and nothing else.
_PLACES = 1 << 15
#: The lowest bits of a moment are the process's own, so that no two write the same.
_OWN_BITS = 12
_QUESTIONS = re.compile(rb"/q/([0-9]{1,18})/")
_log = structlog.get_logger("youthvoice.pages")


def question_key(pk: int) -> str:
    return f"q{pk}"


def keys_shown(body: bytes) -> set[str]:
    """The keys of the questions that a page leads to: of whichever words it shows any, it does."""
    return {f"q{int(number)}" for number in _QUESTIONS.findall(body)}


class Board:
    """When each key last changed, softly (something came) and at once (words left).

    Moments are nanoseconds of the machine's monotonic clock, which all its processes share. One
    in the future is from before the machine was started anew: it counts as now.
    """

    def __init__(self, path: Path) -> None:
        size = 8 * (1 + 2 * _PLACES)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(number).st_size < size:
                os.ftruncate(number, size)
            self._moments = memoryview(mmap.mmap(number, size)).cast("Q")
        finally:
            os.close(number)
        self._own = os.getpid() & ((1 << _OWN_BITS) - 1)
        self._last = 0
        self._lock = threading.Lock()

    @staticmethod
    def places(keys: Iterable[str]) -> tuple[int, ...]:
        """Where the keys stand; that of everything comes by itself."""
        wanted = {zlib.crc32(key.encode()) % _PLACES for key in (ALL, *keys)}
        return tuple(1 + place for place in sorted(wanted))

    def change(self, keys: Iterable[str], *, at_once: bool) -> None:
        with self._lock:
            moment = time.monotonic_ns() >> _OWN_BITS
            self._last = moment = max(moment, self._last + 1)
            moment = moment << _OWN_BITS | self._own
            shift = _PLACES if at_once else 0
            for key in keys:
                self._moments[1 + shift + zlib.crc32(key.encode()) % _PLACES] = moment
            # Last: who has seen this one has seen the others.
            self._moments[0] = moment

    @property
    def latest(self) -> int:
        """Differs as soon as anything has changed."""
        return self._moments[0]

    def changed_since(self, places: tuple[int, ...], moment: int, *, at_once: bool) -> int:
        """The latest change of these after the moment; 0 if there was none."""
        shift = _PLACES if at_once else 0
        moments = self._moments
        latest = 0
        for place in places:
            found = moments[place + shift]
            if found > latest:
                latest = found
        if latest <= moment:
            return 0
        if latest > (now := time.monotonic_ns()) + (1 << _OWN_BITS):
            for place in places:
                if moments[place + shift] > now:
                    moments[place + shift] = now
            return now
        return latest


_boards: dict[Path, Board] = {}


def board() -> Board:
    """This machine's."""
    path = Path(settings.SURROGATES_FILE)
    found = _boards.get(path)
    if found is None:
        found = _boards[path] = Board(path)
    return found


def changed(keys: Collection[str], *, at_once: bool = False) -> None:
    """Say, within an act's transaction, what it changes; heard by everybody once it is committed.

    `at_once`: words leave public view, and no page may show them to anybody again.
    """
    if connection.vendor == "postgresql":
        _notify(keys, at_once=at_once)
    transaction.on_commit(partial(_change, tuple(keys), at_once=at_once), robust=True)


def _change(keys: tuple[str, ...], *, at_once: bool) -> None:
    board().change(keys, at_once=at_once)


def _notify(keys: Collection[str], *, at_once: bool) -> None:
    """Other machines hear of it when the transaction is committed, and only then."""
    told = " ".join(["!" if at_once else "+", *keys])
    if len(told) > _PAYLOAD_MOST:
        told = f"{'!' if at_once else '+'} {ALL}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, told])


def heard(payload: str) -> None:
    """What another machine has told."""
    how, *keys = payload.split(" ")
    board().change(keys, at_once=how != "+")
