"""The only way in which the house calls another machine over HTTP.

An address may come from outside, and the house stands in a network of its own. So a name is
resolved first, every address that it has must be one of the public network, and the call
goes to the very address that was looked at: a name that changes its mind meanwhile gains
nothing. Redirects are given back, never followed. Proxies of the environment don't count.
"""

import ipaddress
import json
import re
import socket
import ssl
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class UnableToCall(Exception):
    """The call could not be made or not be finished; its words name no address."""


class NotAllowed(UnableToCall):
    """There we don't call."""


@dataclass(frozen=True)
class Bounds:
    """Seconds and bytes. `total` holds from the first look at the name to the last byte."""

    connect: float = 3.0
    read: float = 5.0
    total: float = 10.0
    most_bytes: int = 256 * 1024


@dataclass(frozen=True)
class Allowed:
    """What is not allowed unless a caller says so in its code. `loopback` is for tests."""

    plain_http: bool = False
    loopback: bool = False


@dataclass(frozen=True)
class Answer:
    status: int
    #: Names in small letters.
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    def json(self) -> Any:
        """Raises UnableToCall if it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise UnableToCall("the answer is no JSON") from None


def call(
    method: str,
    url: str,
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    bounds: Bounds = Bounds(),
    allowed: Allowed = Allowed(),
) -> Answer:
    """Ask once, whatever the status of the answer is. Raises UnableToCall."""
    target = _read(url, allowed)
    _check_words(method, headers or {})
    end = _End(bounds.total)
    try:
        addresses = _resolve(target.host, target.port, end, allowed)
        connection = _connect(target, addresses, bounds, end)
        try:
            return _ask(connection, method, target.path, body, headers or {}, bounds, end)
        finally:
            connection.close()
    except (OSError, HTTPError, HTTPException) as problem:
        # Words of these errors name hosts and addresses.
        why = "it took too long" if end.is_over else type(problem).__name__
        raise UnableToCall(why) from None
    finally:
        end.cancel()


# --- The address -------------------------------------------------------------------------


@dataclass(frozen=True)
class _Target:
    secure: bool
    host: str
    port: int
    path: str


_PORTS = {"https": 443, "http": 80}
#: Visible ASCII without what other readers of addresses split at.
_URL = re.compile(r"[!#-;=?-\[\]_a-z~%]+", re.ASCII)
_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*\.?", re.IGNORECASE)
_METHOD = re.compile(r"GET|HEAD|POST|PUT|PATCH|DELETE")
_HEADER_NAME = re.compile(r"[A-Za-z0-9-]+")
_HEADER_VALUE = re.compile(r"[\t -~]*")


def _read(url: str, allowed: Allowed) -> _Target:
    """Taken apart once, by us: nothing further down reads the address again."""
    if not _URL.fullmatch(url):
        raise NotAllowed("the address has signs that don't belong into one")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotAllowed("the address can't be read") from None
    if parts.scheme not in _PORTS or (parts.scheme == "http" and not allowed.plain_http):
        raise NotAllowed("only https is called")
    host = parts.hostname or ""
    if "@" in parts.netloc or not host or port == 0 or not _is_host(host):
        raise NotAllowed("the address has no plain host")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _Target(parts.scheme == "https", host, port or _PORTS[parts.scheme], path)


def _is_host(host: str) -> bool:
    """A name, or an address as it is written today: 2130706433 and 0177.1 are neither."""
    try:
        return not getattr(ipaddress.ip_address(host), "scope_id", None)
    except ValueError:
        last = host.rstrip(".").rpartition(".")[2]
        return bool(len(host) <= 253 and _NAME.fullmatch(host) and not last[:1].isdigit())


def _check_words(method: str, headers: Mapping[str, str]) -> None:
    if not _METHOD.fullmatch(method):
        raise NotAllowed("no such method")
    for name, value in headers.items():
        if not _HEADER_NAME.fullmatch(name) or not _HEADER_VALUE.fullmatch(value):
            raise NotAllowed("a header has signs that don't belong into one")
        if name.lower() in {"host", "content-length", "transfer-encoding", "connection"}:
            raise NotAllowed("a header is ours to write")


# --- Whose address -----------------------------------------------------------------------

#: Not for us, whatever this version of Python thinks of them.
_NEVER = [
    ipaddress.ip_network(block)
    for block in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3"),
        # Teredo, ORCHID, documentation; all that is not yet given out stands outside 2000::/3.
        *("2001::/23", "2001:db8::/32", "3fff::/20"),
    )
]
_GIVEN_OUT = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: _Address) -> bool:
    """Whether it belongs to the public network, with what is wrapped in it looked at too."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return False  # a way to write an IPv4 address that no resolver needs
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.sixtofour:
            return is_public(address.sixtofour)
        if address not in _GIVEN_OUT:
            return False
    return address.is_global and not any(address in block for block in _NEVER)


def _resolve(host: str, port: int, end: "_End", allowed: Allowed) -> list[_Address]:
    """The addresses of a name, each of them one that may be called."""
    found = [ipaddress.ip_address(entry) for entry in _ask_for(host, port, end)]
    for address in found:
        if not is_public(address) and not (allowed.loopback and address.is_loopback):
            raise NotAllowed("the name leads to an address that is not of the public network")
    if not found:
        raise UnableToCall("the name leads nowhere")
    return found


def _ask_for(host: str, port: int, end: "_End") -> list[str]:
    """The resolver knows no time-out, so it is waited for only as long as there is time."""
    found: list[Any] = []
    failed: list[OSError] = []

    def ask() -> None:
        try:
            found.extend(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except OSError as problem:
            failed.append(problem)
        except UnicodeError:
            failed.append(OSError("no such name"))

    asking = threading.Thread(target=ask, name="resolve", daemon=True)
    asking.start()
    asking.join(end.left())
    end.left()
    if failed:
        raise failed[0]
    # fe80::1%eth0 is what a resolver may give; without its zone it is refused the same.
    return list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in list(found)))


# --- The call ----------------------------------------------------------------------------


class _End:
    """When it must be over. A connection that drips is cut from the outside."""

    def __init__(self, seconds: float) -> None:
        self._at = monotonic() + seconds
        self._timer: threading.Timer | None = None
        self._line: socket.socket | None = None

    @property
    def is_over(self) -> bool:
        return monotonic() >= self._at

    def left(self) -> float:
        """Seconds, always more than none. Raises UnableToCall when it is over."""
        seconds = self._at - monotonic()
        if seconds <= 0:
            raise UnableToCall("it took too long")
        return seconds

    def cut(self, line: socket.socket) -> None:
        """Shut this connection when it is over. TLS takes the socket away: so a second handle."""
        self._line = line.dup()
        self._timer = threading.Timer(self.left(), self._shut)
        self._timer.daemon = True
        self._timer.start()

    def _shut(self) -> None:
        line = self._line
        try:
            if line is not None:
                line.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # the other side was faster

    def cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
        if self._line is not None:
            self._line.close()


def _open(addresses: Iterable[_Address], port: int, bounds: Bounds, end: _End) -> socket.socket:
    """A connection to the first of these addresses that answers; no name is asked again."""
    last: OSError = OSError("no address")
    for address in addresses:
        family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
        line = socket.socket(family, socket.SOCK_STREAM)
        try:
            line.settimeout(min(bounds.connect, end.left()))
            line.connect((str(address), port))
            line.settimeout(bounds.read)
            end.cut(line)
            return line
        except OSError as problem:
            line.close()
            last = problem
        except UnableToCall:
            line.close()
            raise
    raise last


def _connect(
    target: _Target, addresses: list[_Address], bounds: Bounds, end: _End
) -> HTTPConnection:
    """urllib3's connection over a socket of ours: it asks no resolver, and its own checks of
    certificate and host name stay."""
    line = _open(addresses, target.port, bounds, end)
    kind: type[HTTPConnection] = HTTPSConnection if target.secure else HTTPConnection
    options: dict[str, Any] = {}
    if target.secure:
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        options = {"ssl_context": context}
    connection = kind(target.host, target.port, timeout=bounds.read, **options)
    connection._new_conn = lambda: line  # type: ignore[method-assign]
    try:
        connection.connect()
    except BaseException:
        line.close()
        raise
    return connection


def _ask(
    connection: HTTPConnection,
    method: str,
    path: str,
    body: bytes | None,
    headers: Mapping[str, str],
    bounds: Bounds,
    end: _End,
) -> Answer:
    # What comes packed could unpack to more than any bound on the way.
    sent = {"User-Agent": "youthvoice", "Accept-Encoding": "identity", **headers}
    connection.request(
        method, path, body=body, headers=sent, preload_content=False, decode_content=False
    )
    answer: urllib3.HTTPResponse = connection.getresponse()
    found = answer.read(bounds.most_bytes + 1, decode_content=False)
    if len(found) <= bounds.most_bytes:
        answer.read(1, decode_content=False)  # raises if less came than was announced
    if end.is_over:  # cut off, which looks like an end
        raise UnableToCall("it took too long")
    if len(found) > bounds.most_bytes:
        raise UnableToCall("the answer is too long")
    return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, found)
