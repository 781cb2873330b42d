"""The queue on which all who write to a SQLite file wait: first come, first served.

SQLite's own busy handler sleeps and tries again, so that of several writing processes some
starve (measured: up to 3 s with four of them). A lock of the kernel alone isn't enough either:
whoever has just let it go takes it again before those who wait have woken, on a busy machine for
more than a second on end. So each takes a number, and waits until all smaller ones are free.
"""

import fcntl
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager

#: Locks of an open file, not of a process: on Linux. Threads have them apart, and the kernel
#: frees those of whoever is killed.
HAS_NUMBERS = hasattr(fcntl, "F_OFD_SETLKW")
_COUNTER_BYTES = 8


class Queue:
    """One writer's place; each connection has its own, in whichever process."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        #: Ours while we wait and while we write; 0 outside.
        self._number = 0

    def enter(self) -> None:
        """Wait for the turn; it lasts until `leave`. Nothing to do for who has it already."""
        if self._number:
            return
        try:
            with self._door():
                self._number = self._next_number()
                self._lock(fcntl.F_WRLCK, self._number, 1)
            # Whoever waits only reads: those behind us hold nothing that we want.
            self._lock(fcntl.F_RDLCK, 0, self._number)
        except BaseException:
            self.leave()
            raise

    def leave(self) -> None:
        """Let the next one in; nothing to do for who isn't in."""
        if self._number:
            number, self._number = self._number, 0
            self._lock(fcntl.F_UNLCK, 0, number + 1)

    def close(self) -> None:
        os.close(self._file)

    @contextmanager
    def _door(self) -> Iterator[None]:
        """For the moment in which a number is taken."""
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def _next_number(self) -> int:
        last = os.pread(self._file, _COUNTER_BYTES, 0)
        number = int.from_bytes(last, "little") + 1
        os.pwrite(self._file, number.to_bytes(_COUNTER_BYTES, "little"), 0)
        return number

    def _lock(self, kind: int, start: int, length: int) -> None:
        """On so many numbers: each is a byte of the file, which need not be there."""
        fcntl.fcntl(
            self._file,
            fcntl.F_OFD_SETLKW,
            struct.pack("hhqqi", kind, os.SEEK_SET, start, length, 0),
        )


class Crush(Queue):
    """Where the system has no such locks: one at a time, in no order that is promised."""

    def enter(self) -> None:
        if not self._number:
            fcntl.flock(self._file, fcntl.LOCK_EX)
            self._number = 1

    def leave(self) -> None:
        if self._number:
            self._number = 0
            fcntl.flock(self._file, fcntl.LOCK_UN)


def queue_of(path: str) -> Queue:
    return (Queue if HAS_NUMBERS else Crush)(path)
