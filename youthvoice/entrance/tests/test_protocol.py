"""HTTP on a line: what lies ready goes straight into it, in order and within bounds.

The transport is played; the parser, uvicorn, the front and the page cache are the real ones.
"""

import asyncio

import pytest
import uvicorn
from uvicorn.server import ServerState

from youthvoice.entrance import protocol
from youthvoice.entrance.front import Front
from youthvoice.entrance.protocol import Lines, Protocol
from youthvoice.entrance.tests.playing import House, run

PAGE = b"GET /q/1/ HTTP/1.1\r\nHost: example.org\r\n%s\r\n"
DESK = b"GET /desk/ HTTP/1.1\r\nHost: example.org\r\n%s\r\n"


class Transport:
    """What a line was sent."""

    def __init__(self):
        self.sent, self.is_shut = b"", False

    def write(self, piece):
        self.sent += piece

    def writelines(self, pieces):
        self.sent += b"".join(pieces)

    def close(self):
        self.is_shut = True

    def is_closing(self):
        return self.is_shut

    def get_extra_info(self, name):
        return {"peername": ("203.0.113.9", 5), "sockname": ("127.0.0.1", 8000)}.get(name)

    def pause_reading(self):
        """Nothing comes by itself here."""

    resume_reading = pause_reading


class Server:
    """Lines to a house whose desk is slow and whose pages are kept."""

    def __init__(self, house, *, most=100):
        self.house, self.asked = house, []
        front = Front(self.work, threads=2, most=1000, fields_most=1000)
        front.pages = house.cache
        self.lines = Lines(front, most=most, head_seconds=10, head_bytes=2000, head_lines=20)
        self.lines.look([(b"date", b"today")])
        self.config = uvicorn.Config(
            front, ws="none", lifespan="off", proxy_headers=False, log_config=None
        )
        self.config.load()
        self.state = ServerState()

    def work(self, environ, start):
        self.asked.append(environ)
        start("200 OK", [("content-length", "4")])
        return [b"desk"]

    def line(self):
        loop = asyncio.get_running_loop()
        line = Protocol(self.config, self.state, {}, loop, lines=self.lines)
        line.connection_made(Transport())
        return line

    async def visit(self, sent, *, until=1):
        """Send it on a new line; the line once so many answers have come."""
        line = self.line()
        line.data_received(sent)
        await answered(line, until)
        return line


async def answered(line, count=1):
    async with asyncio.timeout(20):
        while statuses(line) < count and not line.transport.is_shut:
            await asyncio.sleep(0.001)


def statuses(line):
    return line.transport.sent.count(b"HTTP/1.1 ")


@pytest.fixture
def server(tmp_path, monkeypatch):
    return Server(House(tmp_path, monkeypatch))


def test_what_lies_ready_is_what_would_have_been_drawn_and_makes_no_request(server, monkeypatch):
    async def story():
        first = await server.visit(PAGE % b"Accept-Encoding: gzip\r\n")
        monkeypatch.setattr(Protocol, "_make_scope", None)
        return first, await server.visit(PAGE % b"Accept-Encoding: gzip\r\n")

    first, second = run(story())

    assert server.house.count == 1
    assert sorted(first.transport.sent.split(b"\r\n")) == sorted(
        # uvicorn gives the day first, and neither needs an order.
        second.transport.sent.replace(b"date: today\r\n", b"").split(b"\r\n")
    )
    assert b"\r\ndate: today\r\n" in second.transport.sent
    assert server.house.seen == [(("q.1",), "203.0.113.9")] * 2


def test_who_has_it_already_and_who_wants_a_head_get_no_body(server):
    async def story():
        first = await server.visit(PAGE % b"")
        etag = first.transport.sent.partition(b'etag: W/"')[2].partition(b'"')[0]
        same = await server.visit(PAGE % (b'If-None-Match: "%s"\r\n' % etag))
        return same, await server.visit((PAGE % b"").replace(b"GET", b"HEAD"))

    same, head = run(story())

    assert same.transport.sent.startswith(b"HTTP/1.1 304 Not Modified\r\n")
    assert b"content-length" not in same.transport.sent
    assert head.transport.sent.startswith(b"HTTP/1.1 200 OK\r\n")
    assert same.transport.sent.endswith(b"\r\n\r\n")
    assert head.transport.sent.endswith(b"\r\n\r\n")
    assert len(server.house.seen) == 2


def test_answers_come_in_the_order_of_the_requests(server):
    async def story():
        await server.visit(PAGE % b"")
        return await server.visit((PAGE + DESK + PAGE + DESK) % (b"", b"", b"", b""), until=4)

    sent = run(story()).transport.sent

    bodies = [one.rpartition(b"\r\n\r\n")[2] for one in sent.split(b"HTTP/1.1 200 OK\r\n")[1:]]
    assert bodies == [b"1 /q/1/", b"desk", b"1 /q/1/", b"desk"]


@pytest.mark.parametrize(
    "more", [b"Connection: close\r\n", b"Upgrade: x\r\nConnection: upgrade\r\n"]
)
def test_a_line_is_shut_behind_the_last_request(server, more):
    async def story():
        await server.visit(PAGE % b"")
        line = await server.visit((PAGE + PAGE) % (more, b""))
        await asyncio.sleep(0.01)
        return line

    line = run(story())

    assert (statuses(line), line.transport.is_shut) == (1, True)
    assert b"\r\nconnection: close\r\n" in line.transport.sent


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET\r\n\r\n", 400),
        (b"GET /q/1/ HTTP/1.1\r\nHost : example.org\r\n\r\n", 400),
        (b"GET /q/1/ HTTP/1.1\r\nX: a\x00b\r\n\r\n", 400),
        (PAGE % (b"Transfer-Encoding: x\r\n"), 400),
        (PAGE % (b"X: " + b"a" * 2000 + b"\r\n"), 431),
        (PAGE % (b"X: 1\r\n" * 20), 431),
        (b"GET /" + b"a" * 2000, 431),
        # Without an end.
        (b"GET / HTTP/1.1\r\n" + b"X: 1\r\n" * 400, 431),
    ],
)
def test_a_head_that_cannot_be_read_is_refused_and_the_line_shut(server, sent, status):
    async def story():
        line = await server.visit(sent)
        line.data_received(PAGE % b"")
        await asyncio.sleep(0.01)
        return line

    line = run(story())

    assert line.transport.sent.startswith(b"HTTP/1.1 %d " % status)
    assert (statuses(line), line.transport.is_shut) == (1, True)


def test_a_long_body_is_no_long_head(server):
    form = b"POST /desk/ HTTP/1.1\r\nHost: example.org\r\nContent-Length: 9000\r\n\r\n"

    line = run(server.visit(form + b"a" * 9000))

    assert line.transport.sent.startswith(b"HTTP/1.1 200 OK\r\n")


def test_what_a_body_brings_behind_it_is_no_header(server):
    form = b"POST /desk/ HTTP/1.1\r\nHost: example.org\r\nTransfer-Encoding: chunked\r\n\r\n"

    run(server.visit(form + b"1\r\na\r\n0\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n"))

    assert [one.get("HTTP_X_FORWARDED_FOR") for one in server.asked] == [None]


def test_nothing_is_put_into_the_midst_of_an_answer(server):
    async def story():
        line = server.line()
        line.data_received(DESK % b"")
        line.data_received(b"no request\r\n\r\n")
        await asyncio.sleep(0.05)
        return line

    line = run(story())

    assert line.transport.is_shut
    assert statuses(line) <= 1


def test_who_takes_nothing_gets_no_more_at_hand(server):
    async def story():
        await server.visit(PAGE % b"")
        line = server.line()
        line.pause_writing()
        line.data_received(PAGE % b"")
        await asyncio.sleep(0.05)
        before = statuses(line)
        line.resume_writing()
        await answered(line)
        return before, statuses(line)

    assert run(story()) == (0, 1)


def test_a_line_that_waits_too_long_is_shut_and_none_that_is_answered(server, monkeypatch):
    async def story():
        silent, half, used, busy = (server.line() for _ in range(4))
        half.data_received(b"GET / HTTP/1.1\r\n")
        used.data_received(DESK % b"")
        await answered(used)
        busy.data_received(b"POST /desk/ HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\na")
        now = protocol.time.monotonic()
        monkeypatch.setattr(protocol.time, "monotonic", lambda: now + 9)
        server.lines.look([])
        early = [line.transport.is_shut for line in (silent, half, used, busy)]
        # A byte now and then is no head.
        half.data_received(b"X: 1\r\n")
        monkeypatch.setattr(protocol.time, "monotonic", lambda: now + 11)
        server.lines.look([])
        late = [line.transport.is_shut for line in (silent, half, used, busy)]
        busy.connection_lost(None)
        return early, late

    early, late = run(story())

    assert early == [False] * 4
    assert late == [True, True, True, False]


def test_where_there_are_too_many_the_longest_silent_makes_room(tmp_path, monkeypatch):
    server = Server(House(tmp_path, monkeypatch), most=3)

    async def story():
        busy = server.line()
        busy.data_received(b"POST /desk/ HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\na")
        lines = [server.line() for _ in range(3)]
        shut = [line.transport.is_shut for line in (busy, *lines)]
        busy.connection_lost(None)
        return shut

    assert run(story()) == [False, True, False, False]
