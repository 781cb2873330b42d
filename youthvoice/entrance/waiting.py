"""Bodies and answers that wait: in memory while they are short, in files within bounds."""

import os
import tempfile
import threading
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import IO, Any, cast
from wsgiref.util import FileWrapper

from youthvoice.entrance.page import Headers

#: Bytes of a body or an answer that wait in memory; a longer one waits in a file.
IN_MEMORY = 64 * 1024
#: Bytes that may wait in files, of all bodies of a process together, and as many of all answers.
IN_FILES = 1024 * 1024 * 1024
#: Bytes sent at once; small, so that a slow reader is seen to move.
PIECE = 16 * 1024


class NoRoom(Exception):
    """As much waits in files as may."""


class Room:
    """How many bytes may still be written to files; shared by the loop and the threads."""

    def __init__(self, most: int) -> None:
        self._left, self._lock = most, threading.Lock()

    def take(self, count: int) -> None:
        with self._lock:
            if count > self._left:
                raise NoRoom
            self._left -= count

    def give_back(self, count: int) -> None:
        with self._lock:
            self._left += count


class Spool:
    """Bytes that wait: in memory, and from `IN_MEMORY` on in a file without a name."""

    def __init__(self, room: Room) -> None:
        self.file: IO[bytes] = BytesIO()
        self.size = 0
        self.is_given_up = False
        self._room, self._taken = room, 0

    @property
    def is_in_a_file(self) -> bool:
        return self._taken > 0

    def write(self, piece: bytes) -> None:
        """Raises NoRoom when it would have to go to a file and no more may."""
        size = self.size + len(piece)
        if size > IN_MEMORY:
            self._room.take(size - self._taken)
            self._taken = size
            if isinstance(self.file, BytesIO):
                memory, self.file = self.file, cast(IO[bytes], tempfile.TemporaryFile())  # noqa: SIM115
                self.file.write(memory.getbuffer())
        self.file.write(piece)
        self.size = size

    def close(self) -> None:
        self.file.close()
        self._room.give_back(self._taken)
        self._taken = 0


class Answer:
    """What the house says, whole, before any of it is sent."""

    def __init__(self, room: Room) -> None:
        self.status = 500
        self.headers: Headers = []
        self._spool = Spool(room)
        self._file: IO[bytes] | None = None

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        """WSGI's `start_response`."""
        self.status = int(status[:3])
        self.headers = [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers]

    def fill(self, result: Iterable[bytes]) -> None:
        self._file = _opened_again(result)
        if self._file is None:
            for piece in result:
                self._spool.write(piece)
            if not any(name == b"content-length" for name, _ in self.headers):
                self.headers.append((b"content-length", b"%d" % self._spool.size))

    def pieces(self) -> Iterator[bytes]:
        """One at least, which may be empty."""
        file = self._file or self._spool.file
        if self._file is None:
            file.seek(0)
        # A short answer goes as a whole: it costs the server no more than it costs us.
        yield file.read(PIECE if self._file or self._spool.size > IN_MEMORY else IN_MEMORY)
        while piece := file.read(PIECE):
            yield piece

    def close(self) -> None:
        self._spool.close()
        if self._file is not None:
            self._file.close()


def _opened_again(result: Iterable[bytes]) -> IO[bytes] | None:
    """The file of the disk that is to be sent, to be read when its request is over; or None."""
    if not isinstance(result, FileWrapper):
        return None
    try:
        number, where = result.filelike.fileno(), result.filelike.tell()
    except (AttributeError, OSError):
        return None
    file = os.fdopen(os.dup(number), "rb")
    file.seek(where)
    return file
