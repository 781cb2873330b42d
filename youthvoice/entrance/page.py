"""A public page as it is kept: its head, and its body ready in each encoding."""

import gzip
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from http import HTTPStatus
from typing import Any

import brotli

from youthvoice.entrance.surrogates import ALL, Board, keys_shown
from youthvoice.kit import clock
from youthvoice.kit.public import LIFE_LEAST, LIFE_MOST, Keeping, Note

Message = dict[str, Any]
Headers = list[tuple[bytes, bytes]]
Send = Callable[[Message], Awaitable[None]]

SECOND = 1_000_000_000
_BODY_MOST = 1024 * 1024
#: What a page costs besides its bodies, about.
_OVERHEAD = 3500
_KEPT_STATUSES = (200, 410)
_PHRASES = {status.value: status.phrase.encode() for status in HTTPStatus}
#: What the house says to each reader anew, or what belongs to one encoding.
_NOT_KEPT = {b"set-cookie", b"content-length", b"content-encoding", b"etag", b"expires", b"vary"}
_OK_304 = {b"cache-control", b"etag", b"surrogate-key", b"vary"}
#: Where a scope carries the moment at which its drawing began.
BEGUN = "youthvoice.begun"


class Ready:
    """An answer as it is sent: to the server in messages, and as it goes over the line, but for
    the last lines of its head."""

    __slots__ = ("body", "head", "headers", "status")

    def __init__(self, status: int, headers: Headers, body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body
        self.head = b"HTTP/1.1 %d %s\r\n" % (status, _PHRASES[status]) + lines_of(headers)


@lru_cache(maxsize=256)
def _shared(header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """Most pages have the same headers: they are held once."""
    return header


def lines_of(headers: Headers) -> bytes:
    return b"".join(b"%s: %s\r\n" % header for header in headers)


@dataclass
class Drawn:
    """What the house answered; `page` when it may be kept."""

    status: int
    headers: Headers
    body: bytes
    page: "Page | None" = None
    #: Of what is one browser's: what was read with it, whether it may ever be kept, and whether it
    #: was given already.
    targets: tuple[str, ...] = ()
    may_be_kept: bool = False
    is_taken: bool = False


class Page:
    """A page as it is kept. Moments are those of `surrogates.Board`."""

    __slots__ = (
        "_unchanged", "begun", "etag", "fresh", "given", "headers", "is_wanted", "keeping",
        "marks", "places", "readies", "seen", "size", "status", "targets", "told_places", "until",
    )  # fmt: skip

    def __init__(self, keeping: Keeping, drawn: Drawn, note: Note, *, begun: int) -> None:
        keys = sorted({ALL, *keeping.keys} | keys_shown(drawn.body))
        self.keeping, self.status, self.begun = keeping, drawn.status, begun
        self.targets = tuple(note.targets)
        #: Of all that it shows, and of what it tells when something comes.
        self.places = Board.places(keys)
        self.told_places = Board.places([*keeping.keys, *note.about]) if note.about else self.places
        # Not all at the same moment: what was drawn together would be drawn anew together.
        life = _life(note) * random.uniform(0.9, 1.1)  # noqa: S311
        self.until = begun + int(life * SECOND)
        #: The board's latest change, and the moment, at which it was last known to be right.
        self.seen, self.fresh = 0, begun
        self.given = 0
        self.is_wanted = False
        #: Whose it is, if it is one browser's (own.py).
        self.marks: tuple[tuple[int, int], ...] = ()
        # Weak, for it stands for the page and not for one encoding's bytes.
        self.etag = b'W/"%s"' % blake2b(drawn.body, digest_size=12).hexdigest().encode()
        self.headers = [_shared(h) for h in drawn.headers if h[0] not in _NOT_KEPT]
        vary = b"Cookie, Accept-Encoding" if keeping.for_visitors else b"Accept-Encoding"
        self.headers += [(b"vary", vary), (b"etag", self.etag)]
        if not keeping.for_visitors:
            self.headers.append((b"surrogate-key", " ".join(keys).encode()))
        self._unchanged: Ready | None = None
        self.readies: dict[bytes, Ready] = {}
        self.size = _OVERHEAD
        self._add(b"gzip", gzip.compress(drawn.body, 6, mtime=0))

    def _add(self, encoding: bytes, body: bytes) -> None:
        self.readies[encoding] = self._ready(encoding, body)
        self.size += len(body)

    def repack(self, body: bytes) -> None:
        """By bytes of another length, in gzip."""
        self.size += len(body) - len(self.readies[b"gzip"].body)
        self.readies[b"gzip"] = self._ready(b"gzip", body)

    def _ready(self, encoding: bytes, body: bytes) -> Ready:
        headers = [*self.headers, (b"content-length", b"%d" % len(body))]
        if encoding:
            headers.append((b"content-encoding", encoding))
        return Ready(self.status, headers, body)

    def ready(self, encoding: bytes) -> Ready:
        """In an encoding; brotli's only once it was packed, which is worth it for pages that many
        want."""
        found = self.readies.get(encoding)
        if found is not None:
            return found
        if encoding:
            return self.readies[b"gzip"]
        # Who can't unpack is rare, and unpacking is quick.
        return self._ready(b"", gzip.decompress(self.readies[b"gzip"].body))

    def unchanged(self) -> Ready:
        """For whoever has it already."""
        if self._unchanged is None:
            self._unchanged = Ready(304, [h for h in self.headers if h[0] in _OK_304], b"")
        return self._unchanged

    def pack_tightly(self) -> None:
        """In a thread."""
        plain = gzip.decompress(self.readies[b"gzip"].body)
        self._add(b"br", brotli.compress(plain, quality=9))


def _life(note: Note) -> float:
    """Seconds for which it is given without being drawn anew, if nothing changes it."""
    if note.until is None:
        return LIFE_MOST
    left = (note.until - clock.glance()).total_seconds()
    return min(max(left, LIFE_LEAST), LIFE_MOST)


def page_of(keeping: Keeping, scope: Message, drawn: Drawn, note: Note) -> Drawn:
    """In a thread: make what was drawn ready to be kept, if it may be."""
    is_whole = drawn.status in _KEPT_STATUSES and len(drawn.body) <= _BODY_MOST
    is_anybodys = keeping.for_visitors or not any(n == b"set-cookie" for n, _ in drawn.headers)
    if is_whole and is_anybodys:
        drawn.page = Page(keeping, drawn, note, begun=scope[BEGUN])
    return drawn


@lru_cache(maxsize=256)
def encoding_of(accepted: bytes) -> bytes:
    """The best of ours that a browser takes."""
    taken = set()
    for one in accepted.lower().split(b","):
        name, _, how = one.partition(b";")
        if how.strip().replace(b" ", b"") not in (b"q=0", b"q=0.0", b"q=0.00", b"q=0.000"):
            taken.add(name.strip())
    return b"br" if b"br" in taken else b"gzip" if b"gzip" in taken else b""


def start_of(status: int, headers: Headers) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}


def body_of(body: bytes) -> Message:
    return {"type": "http.response.body", "body": body}


EMPTY = body_of(b"")


async def send_whole(send: Send, drawn: Drawn, method: str) -> None:
    await send(start_of(drawn.status, drawn.headers))
    await send(EMPTY if method == "HEAD" else body_of(drawn.body))
