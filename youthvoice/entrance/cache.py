"""The page cache at the entrance, before the threads and before Django.

What is kept is a page as it is sent: its head, its body ready in each encoding. A page is drawn
in nobody's name, once for all who want it at the same time, and carries the surrogate keys of what
it shows (surrogates.py). When one of them has changed

- *at once*, because words left public view, it is given to nobody again;
- *softly*, because something came, it is still given for a moment while it is drawn anew: else a
  crowd would wait for each answer that somebody writes.

Who has just written something is never given a page that is older than their request. When a page
can't be drawn, what was drawn before is given, as long as the database was heard a minute ago.

All of it happens in the server's event loop, but the drawing, which happens in the threads.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol
from urllib.parse import parse_qsl, unquote_to_bytes, urlencode

from django.urls import Resolver404, resolve

from youthvoice.entrance.own import Own, is_own
from youthvoice.entrance.page import (
    BEGUN,
    EMPTY,
    SECOND,
    Drawn,
    Headers,
    Message,
    Page,
    Ready,
    Send,
    body_of,
    encoding_of,
    lines_of,
    send_whole,
    start_of,
)
from youthvoice.entrance.store import Store
from youthvoice.entrance.surrogates import Board
from youthvoice.entrance.wrote import WROTE
from youthvoice.kit.network import is_loopback, names_a_proxy
from youthvoice.kit.public import Keeping

#: So long a softly changed page is still given, and so long after its drawing it is left alone.
SOFT = SECOND
_BETWEEN = SECOND // 2
#: So long after its life a page is still given while it is drawn anew.
_GRACE = 60 * SECOND
#: So long a page is given without word from the database.
CONTACT = 60 * SECOND
_ADDRESS_MOST = 500
#: How often a page is given before it is worth to be packed more tightly.
_BROTLI_AFTER = 16
_BAR = b"/me/bar/"
_WROTE = f"{WROTE}=".encode()


class Gone(Exception):
    """The visitor has hung up; all of them, where several wait."""


class Visitors(Protocol):
    """Whom the pages are given to, as far as counting needs to know; see reads/entrance.py."""

    def saw(self, targets: tuple[str, ...], headers: dict[bytes, bytes], address: str) -> None: ...

    def is_told_apart(self, cookies: bytes) -> bool:
        """Whether the house must look at each page that this browser reads."""
        ...

    def is_unknown(self, cookies: bytes) -> bool:
        """Whether nothing in these cookies would make a difference to a page."""
        ...

    def cookie(self, cookies: bytes, *, is_secure: bool) -> bytes | None:
        """What to set for whoever asks for the header's piece, if anything."""
        ...


@dataclass
class Flight:
    """A drawing under way, and how many wait for it."""

    begun: int
    result: "asyncio.Task[Drawn]"
    turns: list["Turn"]
    scope: Message


class Turn(Protocol):
    is_over: bool


#: Draws a page of this keeping at this address in a thread: path and query as bytes, the request
#: that wants it, who waits for it.
Draw = Callable[[Keeping, Message, list[Any]], Awaitable[Drawn]]


class PageCache:
    """Answers what it can; `serve` says whether it did."""

    def __init__(
        self,
        *,
        most: int,
        board: Board,
        draw: Draw,
        in_thread: Callable[[Callable[[], None]], Awaitable[None]],
        visitors: Visitors,
        contact: Callable[[], int],
        is_https: bool,
        tells_loopback: bool,
        own: Own,
    ) -> None:
        """`contact`: when the database was last heard, in the board's moments. `tells_loopback`:
        whether pages may differ for who comes straight from this machine (the demo's doors). `own`
        knows of those that are one browser's."""
        self.store = Store(most)
        self._board, self._draw, self._in_thread = board, draw, in_thread
        self._visitors, self._contact = visitors, contact
        self._is_https, self._tells_loopback, self._own = is_https, tells_loopback, own
        self._flights: dict[Any, Flight] = {}
        self._tasks: set[asyncio.Future[Any]] = set()
        #: Pages drawn, for those who look (tests, benches).
        self.drawn = 0

    async def serve(self, scope: Message, watch: "Callable[[], Any]", send: Send) -> bool:
        """`watch` begins to watch whether the visitor leaves, and gives their turn and a task."""
        method, path, query = scope["method"], scope["raw_path"], scope["query_string"]
        if method != "GET" and method != "HEAD":
            return False
        address = (scope.get("client") or ("",))[0]
        now = time.monotonic_ns()
        sought = self._sought(path, query, scope["headers"], address, now)
        if sought is None:
            return False
        key, page, headers, cookies = sought
        if page is None:
            if len(path) + len(query) + len(key[2]) > _ADDRESS_MOST:
                return False
            keeping = _keeping(path)
            if keeping is None:
                return False
            plain = canonical(query, keeping.parameters) if query else query
            if plain != query:
                key = (path, plain, *key[2:])
                page = self.store.get(key)
            if is_own(key) and (keeping := self._own.keeping(keeping, key, now)) is None:
                return False
        else:
            keeping = page.keeping
        wanted, drawn = scope | {"query_string": key[1]}, None
        wrote = _WROTE in cookies
        if page is None or wrote or not self._stands(key, page, now, lambda: wanted):
            page, drawn = await self._settled(key, page, keeping, wanted, now, wrote, watch)
        if page is None:
            if drawn is not None:
                if keeping.for_one and not self._own.takes(drawn, key, now):
                    return False
                if drawn.targets and method == "GET":
                    self._visitors.saw(drawn.targets, headers, address)
                await send_whole(send, drawn, method)
            return True
        ready, more = self._given(key, page, headers, cookies, address, is_read=method == "GET")
        if drawn is not None:
            # It could not be drawn anew: its age is told.
            age = (time.monotonic_ns() - page.begun) // SECOND
            more = [*more, (b"age", b"%d" % age)]
        await send(start_of(ready.status, [*ready.headers, *more]))
        await send(EMPTY if method == "HEAD" else body_of(ready.body))
        return True

    def at_hand(
        self,
        method: bytes,
        path: bytes,
        query: bytes,
        given: Headers,
        address: str,
        scope: Callable[[], Message],
    ) -> tuple[bytes, bytes] | None:
        """Head, but for its last lines, and body of the answer to a GET or a HEAD, if nobody need
        wait for it. `scope` is made only to draw by."""
        now = time.monotonic_ns()
        sought = self._sought(path, query, given, address, now)
        if sought is None:
            return None
        key, page, headers, cookies = sought
        if page is None or _WROTE in cookies or not self._stands(key, page, now, scope):
            return None
        is_read = method == b"GET"
        ready, more = self._given(key, page, headers, cookies, address, is_read=is_read)
        head = ready.head + lines_of(more) if more else ready.head
        return head, ready.body if is_read else b""

    def _sought(
        self, path: bytes, query: bytes, given: Headers, address: str, now: int
    ) -> tuple[Any, Page | None, dict[bytes, bytes], bytes] | None:
        """Where the answer to this GET or HEAD would lie, the page there, and of the request its
        headers and cookies; None for what is the house's to answer."""
        headers = dict(given)
        if len(headers) != len(given) or b"content-type" in headers:
            return None
        if headers.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in headers:
            return None
        is_secure = self._is_https and headers.get(b"x-forwarded-proto") == b"https"
        if is_secure is not self._is_https or now - self._contact() > CONTACT:
            return None
        cookies = headers.get(b"cookie", b"")
        if cookies and self._visitors.is_told_apart(cookies):
            return None
        kind = b""
        if path[:4] == b"/me/":
            if not self._visitors.is_unknown(cookies):
                kind = self._own.kind(cookies) or b""
                if not kind:
                    return None
            if self._tells_loopback and _is_from_here(headers, address):
                kind += b"here"
        key = (path, query, headers.get(b"host", b""), kind)
        return key, self.store.get(key), headers, cookies

    def _given(
        self,
        key: Any,
        page: Page,
        headers: dict[bytes, bytes],
        cookies: bytes,
        address: str,
        *,
        is_read: bool,
    ) -> tuple[Ready, Headers]:
        """What is given of a page, with what is this reader's alone; it counts as read."""
        page.given += 1
        if page.given == _BROTLI_AFTER and not page.marks:
            self._pack(key, page)
        if is_read and page.targets:
            self._visitors.saw(page.targets, headers, address)
        more: Headers = []
        if page.keeping.for_visitors and key[0] == _BAR and not page.marks:
            cookie = self._visitors.cookie(cookies, is_secure=self._is_https)
            if cookie is not None:
                more.append((b"set-cookie", cookie))
        matched = headers.get(b"if-none-match")
        if matched is not None and page.etag[2:] in matched:
            return page.unchanged(), more
        return page.ready(encoding_of(headers.get(b"accept-encoding", b""))), more

    def _stands(self, key: Any, page: Page, now: int, scope: Callable[[], Message]) -> bool:
        """Whether the page may be given as it is; what is a little old is drawn anew meanwhile."""
        if page.marks and not self._own.stands(page, now):
            return False
        seen = self._board.latest
        if page.seen == seen and now < page.until:
            page.fresh = now
            return True
        if now >= page.until + _GRACE:
            return False
        if self._board.changed_since(page.places, page.begun, at_once=True):
            return False
        came = self._board.changed_since(page.told_places, page.begun, at_once=False)
        if not came:
            page.fresh = now
            if now < page.until:
                page.seen = seen
                return True
        # Of several changes we know the last; the first one came after it was last right.
        elif now - page.fresh >= SOFT:
            return False
        if now - page.begun >= _BETWEEN and key not in self._flights:
            self._take_off(key, page.keeping, scope())
        return True

    async def _settled(
        self,
        key: Any,
        page: Page | None,
        keeping: Keeping,
        scope: Message,
        now: int,
        wrote: bool,
        watch: Callable[[], Any],
    ) -> tuple[Page | None, Drawn | None]:
        """The page to be given in place of none or of one that doesn't stand, or what the house
        answered instead. Both: the page could not be drawn anew."""
        needed = now if wrote else 0
        has_left = False
        if page is not None:
            left = self._board.changed_since(page.places, page.begun, at_once=True)
            came = self._board.changed_since(page.told_places, page.begun, at_once=False)
            needed, has_left = max(needed, left, came), bool(left)
        drawn = await self._wait(key, keeping, scope, needed, watch)
        if drawn.page is not None:
            return drawn.page, None
        if page is None or keeping.for_one or drawn.status < 500 or has_left:
            return None, drawn
        # What left meanwhile is not given either.
        if self._board.changed_since(page.places, page.begun, at_once=True):
            return None, drawn
        return page, drawn

    async def _wait(
        self, key: Any, keeping: Keeping, scope: Message, needed: int, watch: Callable[[], Any]
    ) -> Drawn:
        """One drawing for all who want it; one that was begun before what they need is none."""
        turn, watching = watch()
        try:
            while True:
                flight = self._flights.get(key)
                begun = flight.begun if flight and self._own.may_join(flight.scope) else 0
                if flight is None or begun <= needed:
                    flight = self._take_off(key, keeping, scope)
                flight.turns.append(turn)
                try:
                    return await asyncio.shield(flight.result)
                except Gone:
                    # Those who had come before have left, and this one came too late for it.
                    if turn.is_over:
                        raise
        finally:
            watching.cancel()

    def _take_off(self, key: Any, keeping: Keeping, scope: Message) -> Flight:
        turns: list[Any] = []
        begun = time.monotonic_ns()
        scope = scope | {BEGUN: begun} | self._own.begins(keeping)

        async def fly() -> Drawn:
            try:
                drawn = await self._draw(keeping, scope, turns)
                self.drawn += 1
                if drawn.page is not None:
                    self.store.put(key, drawn.page)
                elif keeping.for_one:
                    self.store.drop(key)
                return drawn
            finally:
                if self._flights.get(key) is flight:
                    del self._flights[key]

        task = asyncio.ensure_future(fly())
        flight = self._flights[key] = Flight(begun, task, turns, scope)
        self._keep(task)
        return flight

    def _pack(self, key: Any, page: Page) -> None:
        async def pack() -> None:
            before = page.size
            await self._in_thread(page.pack_tightly)
            if self.store.holds(key, page):
                self.store.grown(page, before)

        self._keep(asyncio.ensure_future(pack()))

    def _keep(self, task: "asyncio.Future[Any]") -> None:
        """Nobody else holds on to what nobody waits for."""
        self._tasks.add(task)
        task.add_done_callback(self._landed)

    def _landed(self, task: "asyncio.Future[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            # Who waited has been told; that nobody did is no fault.
            task.exception()


@lru_cache(maxsize=8192)
def _keeping(path: bytes) -> Keeping | None:
    """How what stands at a path is kept; None where nothing is, and where a path is written as no
    page of ours writes it: whose piece it is is told by its first letters."""
    if b"%" in path:
        return None
    try:
        match = resolve(unquote_to_bytes(path).decode())
    except (Resolver404, UnicodeDecodeError, ValueError):
        return None
    return getattr(match.func, "keeping", None)


def canonical(query: bytes, parameters: tuple[str, ...]) -> bytes:
    """The query as far as the view reads it, in its order; of several alike the last one, as
    Django reads them."""
    try:
        given = dict(parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict"))
    except ValueError:
        # The house says what it thinks of it.
        return query
    found = {name: given[name] for name in parameters if name in given}
    return urlencode(found, safe="~:").encode()


def _is_from_here(headers: dict[bytes, bytes], address: str) -> bool:
    return is_loopback(address) and not names_a_proxy(name.decode("latin-1") for name in headers)
