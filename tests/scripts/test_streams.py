"""Bodies that lie about their length or never end, sent to a house that really runs."""

import re
import socket
import time

import psutil
import pytest

pytestmark = pytest.mark.xdist_group("house")

MEGABYTE = 1024 * 1024
#: What is promised: an answer within so many seconds, and so many bytes more at most.
SECONDS, BYTES = 2.0, 200 * MEGABYTE
#: As much as a test sends of what has no end.
MOST_SENT = 600 * MEGABYTE

PART = (
    b"--edge\r\nContent-Disposition: form-data; "
    b'name="pictures"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8\xff'
)


def talk(house, head, body):
    """Send `head` and the pieces of `body` until an answer comes.

    The status (None: only hung up), the seconds, and the bytes that the house took more.
    """
    with socket.create_connection(("127.0.0.1", house.port), timeout=30) as line:
        before = most = taken(house)
        begun, sent = time.monotonic(), 0
        line.settimeout(0.02)
        said = b""
        waiting = memoryview(head.encode())
        body = iter(body)
        while not said and time.monotonic() < begun + 10:
            try:
                if not waiting and sent < MOST_SENT:
                    waiting = memoryview(next(body, b""))
                if waiting:
                    done = line.send(waiting)
                    waiting, sent = waiting[done:], sent + done
            except TimeoutError:
                pass
            except OSError:  # it has stopped listening; what it said may still be read
                line.settimeout(2)
            try:
                line.settimeout(0.001 if waiting else 0.02)
                said = line.recv(4096) or b"hung up"
            except TimeoutError:
                pass
            except OSError:
                said = b"hung up"
            most = max(most, taken(house))
        seconds = time.monotonic() - begun
    status = re.match(rb"HTTP/1.1 (\d+)", said)
    assert said, f"no answer in {seconds:.1f} s"
    return int(status[1]) if status else None, seconds, most - before


def taken(house):
    total = 0
    for process in [house.process, *house.process.children(recursive=True)]:
        try:
            total += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def head(house, *lines):
    """The head of a form with its right token: without, nothing of the body would be read."""
    with socket.create_connection(("127.0.0.1", house.port), timeout=30) as line:
        line.sendall(b"GET /ask/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        page = b"".join(iter(lambda: line.recv(65536), b"")).decode(errors="replace")
    cookie = re.search(r"csrftoken=(\w+)", page)
    assert cookie
    return "\r\n".join(
        [
            *("POST /ask/ HTTP/1.1", f"Host: 127.0.0.1:{house.port}"),
            f"Cookie: csrftoken={cookie[1]}",
            "Content-Type: multipart/form-data; boundary=edge",
            *(*lines, "", ""),
        ]
    )


def endless(piece):
    while True:
        yield piece


def pictures(house):
    return [path for path in (house.data / "media").rglob("*") if path.is_file()]


def test_no_body_costs_more_than_it_may(house):
    before = pictures(house)
    noise = b"x" * MEGABYTE
    piece = b"%x\r\n%s\r\n" % (len(noise), noise)
    first = b"%x\r\n%s\r\n" % (len(PART), PART)
    small = b"--edge\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--edge--\r\n"
    for name, lines, body in (
        ("says 100 GB", ["Content-Length: 107374182400"], [PART, *[noise] * 3]),
        ("says no number", ["Content-Length: many"], [PART]),
        ("says less than none", ["Content-Length: -1"], [PART]),
        ("no end and no length", ["Transfer-Encoding: chunked"], _then(first, endless(piece))),
        ("sends more than it says", [f"Content-Length: {len(small)}"], [small, *[noise] * 200]),
        ("two lengths", ["Content-Length: 5", "Content-Length: 900"], [small]),
        (
            "a length and pieces",
            ["Content-Length: 5", "Transfer-Encoding: chunked"],
            _then(first, endless(piece)),
        ),
        ("a thousand parts", ["Content-Length: 67000"], [small[:-10] * 1500]),
    ):
        status, seconds, more = talk(house, head(house, *lines), body)
        assert status is None or 400 <= status < 500, name
        assert seconds < SECONDS, name
        assert more < BYTES, name
    assert house.get("/ask/") == 200
    assert pictures(house) == before


def _then(first, rest):
    yield first
    yield from rest
