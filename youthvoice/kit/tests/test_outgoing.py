"""Calls to other machines: where they may go, how long they last, how much they take."""

import gzip
import ipaddress
import socket
import threading

import pytest

from youthvoice.kit import outgoing
from youthvoice.kit.outgoing import Allowed, Answer, Bounds, NotAllowed, UnableToCall, call
from youthvoice.kit.tests.serving import GREETING, drips, floods, says, serving, silent

HERE = Allowed(plain_http=True, loopback=True)
QUICK = Bounds(connect=0.3, read=0.3, total=0.6, most_bytes=10_000)


@pytest.fixture
def lines(monkeypatch):
    """Where connections were begun; none leaves this machine."""
    found = []

    def connect(self, where):
        found.append(where[0])
        raise OSError("not in a test")

    monkeypatch.setattr(socket.socket, "connect", connect)
    return found


def test_an_answer_comes_back_whole():
    with serving(says(GREETING)) as server:
        answer = call("POST", server.url("/a?b=c"), body=b"words", allowed=HERE, bounds=QUICK,
                      headers={"Content-Type": "text/plain", "X-Ours": "1"})  # fmt: skip

    assert (answer.status, answer.body, answer.headers["x-kind"]) == (200, b"hello", "plain")
    head = server.asked[0].decode()
    assert head.startswith("POST /a?b=c HTTP/1.1\r\n")
    assert f"Host: 127.0.0.1:{server.port}\r\n" in head
    assert "Accept-Encoding: identity\r\n" in head
    assert "X-Ours: 1\r\n" in head
    assert head.endswith("\r\n\r\nwords")


def test_an_answer_in_pieces_is_put_together():
    pieces = (
        b"HTTP/1.1 201 Made\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    )
    with serving(says(pieces)) as server:
        answer = call("GET", server.url(), allowed=HERE, bounds=QUICK)

    assert (answer.status, answer.body) == (201, b"abcde")


# --- Where to ----------------------------------------------------------------------------

PRIVATE = [
    *("0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.9.9.9"),
    *("169.254.169.254", "172.16.0.1", "172.31.9.9", "192.0.0.1", "192.0.2.7", "192.88.99.1"),
    *("192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.250"),
    *("240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::10.0.0.1", "fe80::1", "fc00::1"),
    *("fd12:3456::1", "ff02::1", "2001:db8::1", "2001::1", "2001:10::1", "100::1", "3fff::1"),
    # 127.0.0.1 and 10.0.0.1 wrapped: 6to4, NAT64, NAT64 of a network's own.
    *("2002:7f00:1::", "2002:a00:1::1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::808:808"),
    *("5f00::1", "fec0::1"),
]
PUBLIC = ["8.8.8.8", "223.5.5.5", "100.63.255.255", "100.128.0.1", "172.32.0.1", "2400:3200::1",
          "2606:4700::1", "64:ff9b::808:808", "2002:808:808::1"]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_no_name_leads_into_a_network_of_ones_own(names, lines, address):
    names["evil.example"] = [[address]]

    with pytest.raises(NotAllowed):
        call("GET", "https://evil.example/")
    assert lines == []


@pytest.mark.parametrize("address", PRIVATE)
def test_nor_does_the_address_itself(lines, address):
    host = f"[{address}]" if ":" in address else address

    with pytest.raises(NotAllowed):
        call("GET", f"https://{host}/")
    assert lines == []


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_called(names, lines, address):
    names["good.example"] = [[address]]

    with pytest.raises(UnableToCall, match="OSError"):
        call("GET", "https://good.example/")
    assert lines == [str(ipaddress.ip_address(address))]


def test_one_private_address_among_public_ones_is_enough(names, lines):
    names["mixed.example"] = [["8.8.8.8", "192.168.0.1"]]

    with pytest.raises(NotAllowed):
        call("GET", "https://mixed.example/")
    assert lines == []


def test_a_name_that_changes_its_mind_gains_nothing(names, lines):
    """The second asking would say 127.0.0.1: there is none."""
    names["rebinds.example"] = [["8.8.8.8"], ["127.0.0.1"]]

    with pytest.raises(UnableToCall):
        call("GET", "https://rebinds.example/")
    assert lines == ["8.8.8.8"]
    assert names["rebinds.example"] == [["127.0.0.1"]]


def test_each_address_of_a_name_is_tried(names):
    with serving(says(GREETING)) as server:
        names["two.example"] = [["127.0.0.9", "127.0.0.1"]]
        answer = call("GET", server.url(host="two.example"), allowed=HERE, bounds=QUICK)

    assert answer.status == 200
    assert f"Host: two.example:{server.port}" in server.asked[0].decode()


@pytest.mark.parametrize(
    "url",
    [
        *("https://2130706433/", "https://0177.0.0.1/", "https://0x7f.0.0.1/", "https://127.1/"),
        *("https://0x7f000001/", "https://127.0.0.1./", "https://017700000001/", "https://127.0.1/"),
        *("https://user@good.example/", "https://good.example@127.0.0.1/", "https:///path"),
        *("https://good.example\\@127.0.0.1/", "https://good.example /", "https://good.example\r\n/"),
        *("https://good.example/\r\nHost: evil", "https://good.example/a b", "https://例子.中国/"),
        *("https://ⓔxample.com/", "https://good.example:0/", "https://good.example:99999/"),
        *("https://[::1", "https://[fe80::1%25eth0]/", "https://[fe80::1%eth0]/", "https://[::g]/"),
        *("https://good_.example/", "https://-good.example/", "https://a..example/"),
        *("//a.example/", "ftp://good.example/", "file:///etc/passwd", "gopher://a.example/"),
        *("a.example", "data:text/plain,hi", "http://a.example/", "HTTP://a.example/", "", "https://%31/"),
        "https://" + "a." * 130 + "example/",
    ],
)  # fmt: skip
def test_addresses_that_could_be_read_in_two_ways_are_refused(lines, url):
    with pytest.raises(NotAllowed):
        call("GET", url)
    assert lines == []


def test_the_part_for_browsers_is_not_sent():
    with serving(says(GREETING)) as server:
        call("GET", server.url("/a?b#c"), allowed=HERE, bounds=QUICK)

    assert server.asked[0].startswith(b"GET /a?b HTTP/1.1\r\n")


def test_plain_http_and_loopback_are_two_permissions(lines):
    with pytest.raises(NotAllowed):
        call("GET", "http://127.0.0.1/", allowed=Allowed(plain_http=True))
    with pytest.raises(NotAllowed):
        call("GET", "http://127.0.0.1/", allowed=Allowed(loopback=True))
    with pytest.raises(NotAllowed):
        call("GET", "http://10.0.0.1/", allowed=HERE)
    assert lines == []


def test_no_proxy_of_the_environment_is_used(monkeypatch):
    with serving(says(GREETING)) as proxy, serving(says(GREETING)) as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy"):
            monkeypatch.setenv(name, proxy.url())
        call("GET", server.url(), allowed=HERE, bounds=QUICK)

    assert (len(server.asked), len(proxy.asked)) == (1, 0)


def test_a_redirect_is_given_back_and_not_followed():
    with serving(says(GREETING)) as inner:
        where = b"HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
        with serving(says(where % inner.url("/admin").encode())) as server:
            answer = call("GET", server.url(), allowed=HERE, bounds=QUICK)

    assert (answer.status, answer.headers["location"]) == (302, inner.url("/admin"))
    assert inner.asked == []


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET / HTTP/1.1\r\nX: y", {}),
        ("get", {}),
        ("CONNECT", {}),
        ("GET", {"X-A": "b\r\nX-C: d"}),
        ("GET", {"X-A\r\nX-C": "d"}),
        ("GET", {"X-A": "b\x00"}),
        ("GET", {"X-A": "汉字"}),
        ("GET", {"Host": "evil.example"}),
        ("POST", {"Transfer-Encoding": "chunked"}),
        ("POST", {"content-length": "3"}),
    ],
)
def test_nothing_can_be_smuggled_into_the_head(lines, method, headers):
    with pytest.raises(NotAllowed):
        call(method, "https://good.example/", headers=headers)
    assert lines == []


# --- How long, how much ------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        silent,
        drips(b""),
        drips(b"HTTP/1.1 200 OK\r\nX-Long: "),
        drips(b"HTTP/1.1 200 OK\r\n\r\n"),
        drips(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n"),
        drips(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;"),
    ],
    ids=["silent", "status", "header", "body", "counted body", "chunks"],
)
def test_who_is_slow_is_left(answer):
    with serving(answer) as server, pytest.raises(UnableToCall):
        call("GET", server.url(), allowed=HERE, bounds=QUICK)
    assert len(server.asked) == 1


def test_a_slow_greeting_of_tls_is_left():
    with serving(silent) as server:
        url = server.url().replace("http:", "https:")
        with pytest.raises(UnableToCall):
            call("GET", url, allowed=HERE, bounds=QUICK)


def test_a_resolver_that_does_not_answer_is_left(monkeypatch):
    stop = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: stop.wait(5) and [])
    try:
        with pytest.raises(UnableToCall, match="too long"):
            call("GET", "https://good.example/", bounds=QUICK)
    finally:
        stop.set()


@pytest.mark.parametrize("problem", [socket.gaierror("no such name"), UnicodeError("label")])
def test_a_name_that_does_not_exist_is_a_call_that_failed(monkeypatch, problem):
    def fail(*args, **kwargs):
        raise problem

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(UnableToCall) as caught:
        call("GET", "https://good.example/")
    assert "good.example" not in str(caught.value)


def test_a_name_without_addresses_leads_nowhere(names):
    names["empty.example"] = [[]]

    with pytest.raises(UnableToCall, match="nowhere"):
        call("GET", "https://empty.example/")


@pytest.mark.parametrize(
    "answer",
    [
        floods,
        says(b"HTTP/1.1 200 OK\r\nContent-Length: 10001\r\n\r\n" + b"x" * 10_001),
        says(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2711\r\n"
            + b"x" * 10_001
            + b"\r\n0\r\n\r\n"
        ),
    ],
    ids=["without end", "counted", "chunks"],
)
def test_an_answer_that_is_too_long_is_not_read_to_its_end(answer):
    with serving(answer) as server, pytest.raises(UnableToCall, match="too long"):
        call("GET", server.url(), allowed=HERE, bounds=Bounds(most_bytes=10_000))


def test_an_answer_just_as_long_as_it_may_be():
    words = b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n" + b"x" * 10_000
    with serving(says(words)) as server:
        assert len(call("GET", server.url(), allowed=HERE, bounds=QUICK).body) == 10_000


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\ncut",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
    ids=["nothing", "nonsense", "cut", "negative", "headers", "chunks"],
)
def test_an_answer_that_is_none_is_a_call_that_failed(words):
    with serving(says(words)) as server:
        try:
            found = call("GET", server.url(), allowed=HERE, bounds=QUICK).body
        except UnableToCall:
            found = b""
    assert found == b""


def test_what_is_packed_is_not_unpacked():
    packed = gzip.compress(b"x" * 9_000_000)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    with serving(says(head + packed)) as server:
        answer = call("GET", server.url(), allowed=HERE, bounds=Bounds(most_bytes=100_000))

    assert answer.body == packed


def test_json_that_is_none_is_said():
    with serving(says(b'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"a": 1} ')) as server:
        assert call("GET", server.url(), allowed=HERE, bounds=QUICK).json() == {"a": 1}
    with serving(says(GREETING)) as server, pytest.raises(UnableToCall, match="JSON"):
        call("GET", server.url(), allowed=HERE, bounds=QUICK).json()
    for hostile in (b"[" * 9_000, b"1" * 9_000, b"\xff", b""):
        with pytest.raises(UnableToCall, match="JSON"):
            Answer(200, {}, hostile).json()


def test_nobody_listens():
    with serving(says(GREETING)) as server:
        pass
    with pytest.raises(UnableToCall, match="ConnectionRefusedError"):
        call("GET", server.url(), allowed=HERE, bounds=QUICK)


def test_an_end_that_is_over_leaves_no_line_open():
    end = outgoing._End(0)

    with pytest.raises(UnableToCall):
        outgoing._open([ipaddress.ip_address("127.0.0.1")], 9, QUICK, end)
    end.cancel()
