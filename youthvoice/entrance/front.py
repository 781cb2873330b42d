"""What stands between the visitors and the threads: a thread is taken only for a whole request,
and given back before the answer travels. Whoever has left before it was their turn takes none.

The server (uvicorn) speaks ASGI with us, in one event loop, where a connection that waits costs
some kilobytes; the house itself is WSGI, in a few threads. So somebody who sends a body slowly,
or reads an answer slowly, holds a connection and nothing that others need, and that only for as
long as enough comes or goes (`Pace`). The head has a deadline of the server's own
(protocol.py).
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from typing import IO, Any, TypeVar
from urllib.parse import unquote_to_bytes
from wsgiref.util import FileWrapper

import structlog

from youthvoice.entrance.cache import Gone, PageCache
from youthvoice.entrance.page import Drawn, Message, Send, page_of
from youthvoice.entrance.waiting import IN_FILES, Answer, NoRoom, Room, Spool
from youthvoice.kit import clock
from youthvoice.kit.public import NOTE, Keeping, Note

_log = structlog.get_logger("youthvoice.web")
_Result = TypeVar("_Result")

Receive = Callable[[], Awaitable[Message]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

#: In so many seconds at least so many bytes must come or go, or all of them: 1 kB a second, and
#: no gap is longer.
PACE_SECONDS = 30.0
PACE_BYTES = 30 * 1024


class TooSlow(Exception):
    """Less came or went than must."""


class Pace:
    """A deadline that moves with progress.

    Not "nothing came for so long": a byte now and then would hold on for days. Not "so many a
    second on the whole": a quick beginning would be a credit to stall on.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._until, self._passed = self._loop.time() + PACE_SECONDS, 0

    async def wait(self, step: Awaitable[_Result]) -> _Result:
        """What `step` gives; raises TooSlow when the time is over."""
        try:
            async with asyncio.timeout_at(self._until):
                return await step
        except TimeoutError:
            raise TooSlow from None

    def passed(self, count: int) -> None:
        self._passed += count
        if self._passed >= PACE_BYTES:
            self._until, self._passed = self._loop.time() + PACE_SECONDS, 0

    @property
    def until(self) -> float:
        """When the time is over: whoever moves last has the latest."""
        return self._until


class Turn:
    """Somebody's, to have a thread; `is_over` when they have left and only wanted to look."""

    is_over = False

    async def watch(self, receive: Receive) -> None:
        """Wait for them to leave. Nothing of the body may still be to come."""
        while (await receive())["type"] != "http.disconnect":
            pass
        self.is_over = True


class Front:
    """An ASGI application over a WSGI one.

    `most` and `fields_most`: the longest body with files, and without. A longer one is not
    read: the house refuses it by what it says of itself, in its own words.
    """

    def __init__(
        self, application: Application, *, threads: int, most: int, fields_most: int
    ) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="web")
        self._most, self._fields_most = most, fields_most
        # What comes in and what goes out wait apart: neither shuts the other out.
        self._room, self._answers_room = Room(IN_FILES), Room(IN_FILES)
        #: Bodies that are still coming.
        self._coming: dict[Spool, Pace] = {}
        #: What answers before the house is asked, if anything does.
        self.pages: PageCache | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        try:
            if self.pages and await self.pages.serve(scope, partial(_watched, receive), send):
                return
        except Gone:
            return
        except NoRoom as problem:
            await _refuse(send, problem)
            return
        environ = environ_of(scope)
        body = Spool(self._room)
        try:
            await self._receive(environ, receive, body)
            answer = await self._in_turn(environ, receive, body)
        except Gone:
            return
        except (NoRoom, TooSlow) as problem:
            await _refuse(send, problem)
            return
        finally:
            self._coming.pop(body, None)
            body.close()
        try:
            await self._sent(send, answer)
        except TooSlow as problem:
            _log.info("request.dropped", why=type(problem).__name__)
        finally:
            answer.close()

    async def _receive(self, request: Message, receive: Receive, body: Spool) -> None:
        """Take in the body, if the house will want to read it."""
        length = request.get("CONTENT_LENGTH", "")
        has_files = request.get("CONTENT_TYPE", "").lower().startswith("multipart/")
        most = self._most if has_files else self._fields_most
        if "HTTP_TRANSFER_ENCODING" in request or not (length.isascii() and length.isdigit()):
            return
        if len(length) > 19 or not 0 < int(length) <= most:
            return
        pace, more = Pace(), True
        self._coming[body] = pace
        while more:
            message = await pace.wait(receive())
            if message["type"] == "http.disconnect":
                raise Gone
            if body.is_given_up:
                raise TooSlow
            piece = message.get("body", b"")
            self._write(body, piece)
            pace.passed(len(piece))
            more = message.get("more_body", False)
        del self._coming[body]

    def _write(self, body: Spool, piece: bytes) -> None:
        """Where there is no room in files, who has stood still for longest gives way: else a few
        who send much and then next to nothing would keep all others out. Raises NoRoom."""
        while True:
            try:
                body.write(piece)
                return
            except NoRoom:
                files = [one for one in self._coming if one.is_in_a_file or one is body]
                slowest = min(files, key=lambda one: self._coming[one].until)
                if slowest is body:
                    raise
                slowest.is_given_up = True
                del self._coming[slowest]
                slowest.close()

    async def _in_turn(self, environ: Message, receive: Receive, body: Spool) -> Answer:
        """What the house answers. Raises Gone for who only looks and has left before: a crowd
        that asks and hangs up at once would keep the threads busy long after it has gone. What
        was sent whole is read, whoever has left."""
        turn, watching = Turn(), None
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") and _is_whole(environ, body):
            turn, watching = _watched(receive)
        try:
            return await self.in_thread(partial(self._answered, environ, body.file, [turn]))
        finally:
            if watching:
                watching.cancel()

    def in_thread(self, work: Callable[[], _Result]) -> "asyncio.Future[_Result]":
        return asyncio.get_running_loop().run_in_executor(self._threads, work)

    def draw(self, keeping: Keeping, scope: Message, turns: list[Turn]) -> "asyncio.Future[Drawn]":
        """What the page cache draws by: a page as nobody in particular sees it, or as the one
        browser that wants it."""
        return self.in_thread(partial(self._drawn, keeping, scope, turns))

    def _drawn(self, keeping: Keeping, scope: Message, turns: list[Turn]) -> Drawn:
        left = _NOT_DRAWN_BY if keeping.for_one else _READERS_OWN
        # What is asked for on a condition is drawn without it: others wait for it, too.
        headers = [h for h in scope["headers"] if h[0] not in left and h[0][:3] != b"if-"]
        environ = environ_of(scope | {"method": "GET", "headers": headers})
        note = environ[NOTE] = Note()
        with clock.watched() as watched:
            answer = self._answered(environ, BytesIO(), turns)
        note.until = watched.until
        try:
            drawn = Drawn(answer.status, answer.headers, b"".join(answer.pieces()))
        finally:
            answer.close()
        make = keeping.for_one or page_of
        return make(keeping, scope, drawn, note)

    def _answered(self, environ: Message, body: IO[bytes], turns: list[Turn]) -> Answer:
        """In a thread; `turns` are of those who want it, none of them if nobody waits."""
        if turns and all(turn.is_over for turn in turns):
            raise Gone
        body.seek(0)
        environ["wsgi.input"] = body
        answer = Answer(self._answers_room)
        result = self._application(environ, answer.start)
        try:
            if environ["REQUEST_METHOD"] != "HEAD":
                answer.fill(result)
        except BaseException:
            answer.close()
            raise
        finally:
            if close := getattr(result, "close", None):
                close()
        return answer

    async def _sent(self, send: Send, answer: Answer) -> None:
        """Send it at the reader's pace; raises TooSlow."""
        start = {"status": answer.status, "headers": answer.headers}
        await send({"type": "http.response.start", **start})
        pace, pieces = Pace(), answer.pieces()
        piece: bytes | None = next(pieces)
        while piece is not None:
            following = next(pieces, None)
            more = {"body": piece, "more_body": following is not None}
            await pace.wait(send({"type": "http.response.body", **more}))
            pace.passed(len(piece))
            piece = following


#: What a reader's browser says of itself, and what it has already.
_READERS_OWN = {
    b"accept", b"accept-encoding", b"accept-language", b"cookie", b"origin", b"range", b"referer",
    b"user-agent",
}  # fmt: skip
#: Of these what is drawn for one browser doesn't go by either.
_NOT_DRAWN_BY = {b"accept-encoding", b"range"}


def _watched(receive: Receive) -> "tuple[Turn, asyncio.Future[None]]":
    turn = Turn()
    return turn, asyncio.ensure_future(turn.watch(receive))


def _is_whole(request: Message, body: Spool) -> bool:
    """Whether nothing of the body is still to come."""
    length = request.get("CONTENT_LENGTH", "") or "0"
    return "HTTP_TRANSFER_ENCODING" not in request and length == str(body.size)


#: Said without taking a thread: what is refused here comes in crowds.
_REFUSALS = {
    TooSlow: (408, "发送得太慢，没有收完。请检查网络后再试一次。"),
    NoRoom: (503, "现在上传的人太多，请过几分钟再试一次。"),
}


async def _refuse(send: Send, problem: Exception) -> None:
    status, sentence = _REFUSALS[type(problem)]
    _log.info("request.refused", status=status)
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"retry-after", b"60"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence.encode()})


def environ_of(scope: Message) -> Message:
    """A request of ASGI as WSGI says it."""
    server, client = scope.get("server") or ("", "0"), scope.get("client") or ("", "0")
    environ: Message = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileWrapper,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").upper(), raw_value.decode("latin-1")
        # WSGI writes both signs alike: X_Forwarded_For would pass for what our proxy said.
        if "_" in name:
            continue
        key = name.replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        if key in environ:
            value = environ[key] + ("; " if key == "HTTP_COOKIE" else ",") + value
        environ[key] = value
    return environ
