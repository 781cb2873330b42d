"""What a person's own kept pieces stand on: a number for each person and each session, which is
another one as soon as something of theirs changes.

Not the moment of the change, as on the board (surrogates.py): beside the moments of questions it
would tell at rest who did something when a nameless one was asked. A number drawn by chance says
only that it is another one; where a person or a session has theirs, only the house's key tells;
and of a session nobody else is told but its end, which comes once.
"""

import hashlib
import mmap
import os
import secrets
from collections.abc import Collection, Iterable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from youthvoice.entrance import surrogates

#: Two that share a place cost a drawing now and then, and nothing else.
_PLACES = 1 << 14
_SIZE = 4
#: Begins a payload on PostgreSQL's channel, before the places.
TOLD = "~"
#: As many places as a payload takes; with more of them everything is changed.
_MOST = 1000
#: So many of a transaction's last words are looked at for what was said already.
_LOOKED_BACK = 30
#: Place and number.
Mark = tuple[int, int]


def person_name(pk: int) -> str:
    return f"p{pk}"


def session_name(kept_as: str) -> str:
    """Of a session by the name of its row (people/devices/sessions.py)."""
    return f"s{kept_as}"


def place_of(name: str) -> int:
    key = hashlib.sha256(b"youthvoice.nonces " + settings.SECRET_KEY.encode()).digest()
    found = hashlib.blake2b(name.encode(), key=key, digest_size=8).digest()
    # The first place is that of all: it is another one after each change.
    return 1 + int.from_bytes(found) % (_PLACES - 1)


class Nonces:
    """The numbers, in a file that all processes of a machine map into their memory."""

    def __init__(self, path: Path) -> None:
        size = _SIZE * _PLACES
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(number).st_size < size:
                os.ftruncate(number, size)
            self._numbers = memoryview(mmap.mmap(number, size)).cast("I")
        finally:
            os.close(number)
        self._copied: memoryview | None = None

    def change(self, places: Iterable[int]) -> None:
        for place in places:
            self._numbers[place % _PLACES] = secrets.randbits(32)
        # Last: who has seen this one has seen the others.
        self._numbers[0] = secrets.randbits(32)

    @property
    def latest(self) -> int:
        """Another one as soon as anything has changed."""
        return self._numbers[0]

    def copy(self) -> memoryview:
        """All of them as they are now: whose piece is drawn is known only afterwards. One for all
        who ask while nothing changes, for drawings may wait in crowds."""
        if self._copied is None or self._copied[0] != self._numbers[0]:
            # The first place is read first and written last: what it tells of is in the copy.
            self._copied = memoryview(bytes(self._numbers)).cast("I")
        return self._copied

    def hold(self, marks: tuple[Mark, ...]) -> bool:
        # A loop: it is asked for each piece that is given.
        for place, number in marks:  # noqa: SIM110 - twice as fast
            if self._numbers[place] != number:
                return False
        return True


_nonces: dict[Path, Nonces] = {}


def nonces() -> Nonces:
    """This machine's."""
    path = Path(f"{settings.SURROGATES_FILE}.own")
    found = _nonces.get(path)
    if found is None:
        found = _nonces[path] = Nonces(path)
    return found


def changed(names: Collection[str]) -> None:
    """Say, within an act's transaction, whose pieces it changes; heard once it is committed, also
    by other machines."""
    places = sorted({place_of(name) for name in names})
    if not places:
        return
    if len(places) > _MOST:
        surrogates.changed([surrogates.ALL], at_once=True)
        return
    if _is_told(places):
        return
    if connection.vendor == "postgresql":
        told = " ".join([TOLD, *map(str, places)])
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [surrogates.CHANNEL, told])
    transaction.on_commit(partial(_change, places), robust=True)


def _is_told(places: list[int]) -> bool:
    """Whether this transaction has just said the same: in a batch most acts are one person's. What
    a savepoint took back is no more among what waits for the commit."""
    last: Iterable[Any] = islice(reversed(connection.run_on_commit), _LOOKED_BACK)
    return any(
        isinstance(work, partial) and work.func is _change and work.args == (places,)
        for _savepoints, work, *_robust in last
    )


def _change(places: list[int]) -> None:
    nonces().change(places)


def heard(payload: str) -> None:
    """What another machine has told."""
    nonces().change(int(place) for place in payload.split(" ")[1:])
