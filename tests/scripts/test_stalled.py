"""Visitors who stall, straight at the port of a house that really runs: others are answered.

youthvoice/kit/tests/test_front.py says how, and has the controls; bench/stalled.py holds 200 of
each kind and measures.
"""

import os
import re
import socket
import sys
from contextlib import ExitStack

import pytest

from config import asgi
from tests.scripts.house import free_port
from tests.scripts.prepared import ON_POSTGRES
from youthvoice.supervisor import web

pytestmark = pytest.mark.xdist_group("house")

#: More than the house has threads, on either database.
MANY = 20


def connected(house, sent):
    line = socket.socket()
    # A small window: what isn't read stays in the house.
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.settimeout(30)
    line.connect(("127.0.0.1", house.port))
    line.sendall(sent)
    return line


def form_of(house):
    with connected(house, b"GET /ask/ HTTP/1.0\r\nHost: localhost\r\n\r\n") as line:
        page = b"".join(iter(lambda: line.recv(65536), b"")).decode(errors="replace")
    token, file = re.search(r"csrftoken=(\w+)", page), re.search(r'"(/static/[^"]+\.js)"', page)
    assert token
    assert file
    return token[1], file[1]


@pytest.mark.databases
def test_stalled_heads_bodies_and_readers_hold_up_nobody(house):
    token, file = form_of(house)
    body = (
        f"POST /ask/ HTTP/1.1\r\nHost: localhost\r\nCookie: csrftoken={token}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\ntext="
    )
    with ExitStack() as open_lines:
        for sent in (
            "GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ",
            body,
            # Much more than kernels keep for who doesn't read.
            f"GET {file} HTTP/1.1\r\nHost: localhost\r\n\r\n" * 300,
        ):
            for _ in range(MANY):
                open_lines.enter_context(connected(house, sent.encode()))
        answers = [house.get(path) for path in ("/", "/ask/", "/healthz", file, "/robots.txt")]
    # What watches the house may find it ill; it was answered.
    assert answers in ([200, 200, ill_or_well, 200, 200] for ill_or_well in (200, 503))


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (["Content-Length: 5", "Content-Length: 900"], b"400"),
        (["Content-Length: 5", "Transfer-Encoding: chunked"], b"400"),
        (["Transfer-Encoding: xchunked"], b"400"),
        (["Transfer-Encoding: chunked", "Transfer-Encoding: identity"], b"400"),
        (["Content-Length : 5"], b"400"),
        (["Content-Length: +5"], b"400"),
        (["X-Long: " + "a" * 200_000], b"431"),
    ],
)
def test_a_body_of_which_two_machines_may_see_two_ends_is_refused_and_the_line_shut(
    house, lines, status
):
    """The smuggled request behind it is never answered."""
    smuggled = "0\r\n\r\nGET /robots.txt HTTP/1.1\r\nHost: localhost\r\n\r\n"
    head = "\r\n".join(["POST /ask/ HTTP/1.1", "Host: localhost", *lines, "", ""])
    with connected(house, (head + smuggled).encode()) as line:
        said = b""
        try:
            while piece := line.recv(65536):
                said += piece
        except ConnectionResetError:
            pass
    assert re.findall(rb"HTTP/1\.1 (\d+)", said) == [status]


def test_the_server_is_given_its_deadlines(monkeypatch):
    """What the server is told, and the kernel: the deadlines themselves would take their time."""
    monkeypatch.setenv("YOUTHVOICE_PORT", str(free_port()))
    # pytest itself keeps its bound on open files.
    monkeypatch.setattr(web.resource, "setrlimit", lambda *_: None)
    plan = web.planned()
    server = web.build(asgi, plan)
    lines, config = server._lines, server.config
    with web.listen(plan) as listening:
        assert plan.threads == (8 if ON_POSTGRES else 4)
        assert plan.workers == min(2, os.cpu_count())
        assert (lines._seconds, lines.head_bytes, lines.head_lines) == (10, 65536, 100)
        assert lines._most > 200
        assert (config.timeout_keep_alive, config.timeout_graceful_shutdown) == (10, 18)
        # What a proxy says is believed by the house alone.
        assert (config.proxy_headers, config.access_log) == (False, False)
        options = listening.getsockopt
        # The kernel doubles what it is told.
        assert options(socket.SOL_SOCKET, socket.SO_SNDBUF) == 2 * web.SEND_BYTES
        assert (
            sys.platform != "linux"
            or options(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 30_000
        )
