"""Where drawn pictures wait for a form that came back: files beside the database, never in it.

In the database they would stand, in the log of writes, beside whatever else was done at that time.
A folder is one form's, named by a keyed hash of the form's key and of the browser's cookie: none
of the two is kept, and two forms of one browser have nothing in common. A file is named by a keyed
hash of what it holds, so the same picture sent again is the same. Times are rounded up to ten
minutes. What is here needs no backup.
"""

import fcntl
import math
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from youthvoice.pictures import drawing
from youthvoice.pictures.child import Made

#: A form that gave no sign of life for so long has been left.
LIFE = timedelta(hours=1)
#: No picture waits longer, whatever sign there is: so a network can't gather more and more.
LONGEST = timedelta(hours=3)
_ROUND = timedelta(minutes=10)
_FOLDER = re.compile(r"[0-9a-f]{32}")
#: A number for their order in the form, and the hash.
NAME = re.compile(r"\d{3}-[0-9a-f]{32}")


class Full(Exception):
    """All forms together hold as much as may be held."""


@dataclass(frozen=True)
class Held:
    name: str
    made: Made


class Shelf:
    """The pictures of one form in one browser."""

    def __init__(self, key: str, browser: str) -> None:
        self._folder = _root() / _hash("folder", f"{browser}\x00{key}".encode())

    def held(self, *, at: datetime) -> list[Held]:
        """Those that still wait, in the order in which they were sent."""
        if _is_over(self._folder, at):
            return []
        found = []
        for path in _pictures(self._folder):
            with suppress(FileNotFoundError):  # erased meanwhile
                found.append(Held(path.name, unpacked(path.read_bytes())))
        return found

    def touch(self, *, at: datetime) -> None:
        """A sign of life."""
        with suppress(FileNotFoundError):
            if not _is_over(self._folder, at):
                _set_time(self._folder, at)

    def put(self, pictures: Sequence[Made], *, at: datetime) -> list[str]:
        """Give their names; what waits already is not put twice. All or none: raises Full."""
        with _alone():
            if _is_over(self._folder, at):
                _erase(self._folder)
            there = {path.name[4:]: path.name for path in _pictures(self._folder)}
            files = {_hash(self._folder.name, made.full): made for made in pictures}
            new = {mark: _packed(made) for mark, made in files.items() if mark not in there}
            most = settings.HELD_BYTES_MOST - sum(map(len, new.values()))
            if new and _size() > most:
                purge_all(at=at)
                if _size() > most:
                    raise Full
            self._folder.mkdir(mode=0o700, exist_ok=True)
            number = max((int(name[:3]) for name in there.values()), default=-1)
            for mark, content in new.items():
                number += 1
                there[mark] = f"{number % 1000:03d}-{mark}"
                _write(self._folder / there[mark], content, at)
            _set_time(self._folder, at)
        return [there[mark] for mark in files]

    def remove(self, names: Iterable[str]) -> None:
        for name in names:
            if NAME.fullmatch(name):
                (self._folder / name).unlink(missing_ok=True)

    def clear(self) -> None:
        """The form was taken: nothing waits any more."""
        _erase(self._folder)


def purge_all(*, at: datetime) -> int:
    """Erase what was left, or has waited too long; gives how many pictures that were."""
    gone = 0
    for folder in _folders():
        if _is_over(folder, at):
            gone += len(list(_pictures(folder)))
            _erase(folder)
            continue
        for path in _pictures(folder):
            with suppress(FileNotFoundError):
                if _time(path) + LONGEST <= at:
                    path.unlink(missing_ok=True)
                    gone += 1
    return gone


def purge(*, at: datetime) -> int:
    if not _root().exists():
        return 0
    with _alone():
        return purge_all(at=at)


def strange(*, at: datetime) -> Iterator[tuple[Path, str]]:
    """What in the folder could lead to somebody, and why; for `audit nameless`."""
    for folder in sorted(_root().iterdir()) if _root().exists() else []:
        if folder.name == _LOCK:
            continue
        if not folder.is_dir() or not _FOLDER.fullmatch(folder.name):
            yield folder, "has a name that isn't random"
            continue
        if folder.stat().st_mode & 0o077:
            yield folder, "is open to others on the machine"
        if _time(folder) + 2 * LIFE <= at:
            yield folder, "should have been erased"
        for path in sorted(folder.iterdir()):
            if not NAME.fullmatch(path.name):
                yield path, "has a name that isn't random"
            elif path.stat().st_mtime % _ROUND.total_seconds():
                yield path, "tells the minute"


def all_held() -> Iterator[tuple[Path, Made]]:
    for folder in _folders():
        for path in _pictures(folder):
            yield path, unpacked(path.read_bytes())


_LOCK = ".lock"


def _root() -> Path:
    return Path(settings.HELD_ROOT)


def _hash(what: str, value: bytes) -> str:
    return salted_hmac(f"youthvoice.held.{what}", value, algorithm="sha256").hexdigest()[:32]


def _folders() -> list[Path]:
    if not _root().exists():
        return []
    return sorted(path for path in _root().iterdir() if _FOLDER.fullmatch(path.name))


def _pictures(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name))
    except FileNotFoundError:
        return []


def _size() -> int:
    total = 0
    for folder in _folders():
        for path in _pictures(folder):
            with suppress(FileNotFoundError):
                total += path.stat().st_size
    return total


def _time(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)


def _set_time(path: Path, at: datetime) -> None:
    step = _ROUND.total_seconds()
    rounded = math.ceil(at.timestamp() / step) * step
    os.utime(path, (rounded, rounded))


def _is_over(folder: Path, at: datetime) -> bool:
    try:
        return _time(folder) + LIFE <= at
    except FileNotFoundError:
        return True


def _erase(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, content: bytes, at: datetime) -> None:
    """Whole or not at all."""
    being = path.with_name(f".{secrets.token_hex(8)}")
    being.touch(mode=0o600)
    being.write_bytes(content)
    _set_time(being, at)
    being.replace(path)


def _packed(made: Made) -> bytes:
    head = drawing.HEAD.pack(*made.sizes, len(made.full), len(made.small))
    return head + made.full + made.small


def unpacked(content: bytes) -> Made:
    width, height, small_width, small_height, full, small = drawing.HEAD.unpack_from(content)
    start = drawing.HEAD.size
    return Made(
        (width, height, small_width, small_height),
        content[start : start + full],
        content[start + full : start + full + small],
    )


@contextmanager
def _alone() -> Iterator[None]:
    """Who writes, and who erases what was left, do it one after another, in all processes."""
    _root().mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(_root() / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
