"""Who comes to the house under test: each from another network, with another browser."""

import gzip
import http.client
import random
import secrets
import socket
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

_AGENTS = (
    "Mozilla/5.0 (Linux; Android {a}; {model}) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/{v}.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS {a}_{b} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/{a}.{b} Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/{v}.0.0.0 Safari/537.36 Edg/{v}.0.0.0",
    "Mozilla/5.0 (Linux; Android {a}; {model}) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/{v}.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.{b}",
)


@dataclass(frozen=True)
class Visitor:
    agent: str
    #: Their address, as the proxy in front tells it.
    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def asks(
        self, path: str, *, host: str, form: dict[str, str] | None = None, **more: str
    ) -> bytes:
        """A request as their browser sends it; `form` makes it a POST with their own token."""
        cookies = dict(self.cookies)
        body = b""
        if form is not None:
            # A token against forged forms is any 32 letters that cookie and form agree on.
            cookies.setdefault("csrftoken", secrets.token_hex(16))
            body = urlencode({**form, "csrfmiddlewaretoken": cookies["csrftoken"]}).encode()
            more |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Content-Length": str(len(body)),
                "Origin": f"http://{host}",
            }
        heads = {
            "Host": host,
            "User-Agent": self.agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9",
            "Accept-Encoding": "gzip, deflate, br, zstd",
            "X-Forwarded-For": self.address,
            "X-Forwarded-Proto": "http",
        } | more
        if cookies:
            heads["Cookie"] = "; ".join(f"{k}={v}" for k, v in cookies.items())
        first = f"{'POST' if form is not None else 'GET'} {path} HTTP/1.1"
        lines = [first, *(f"{name}: {value}" for name, value in heads.items()), "", ""]
        return "\r\n".join(lines).encode() + body


class Crowd:
    """All of them, the same ones in each run; `told` is what furnishing told."""

    def __init__(self, told: dict[str, Any], seed: int = 7) -> None:
        self.told, self.dice = told, random.Random(seed)

    def _visitor(self, n: int, **cookies: str) -> Visitor:
        dice = self.dice
        agent = dice.choice(_AGENTS).format(
            a=dice.randrange(12, 19), b=dice.randrange(60), v=dice.randrange(100, 150),
            model=f"M{dice.randrange(10**4):04}",
        )  # fmt: skip
        address = f"{11 + n // 60000}.{n // 240 % 250}.{n % 240 + 1}.{dice.randrange(1, 250)}"
        return Visitor(agent, address, {k: v for k, v in cookies.items() if v})

    def readers(self) -> list[Visitor]:
        """Without an account: every second one is here for the first time."""
        known = self.told["readers"]
        return [
            self._visitor(n, yv_reader=known[n // 2] if n % 2 else "")
            for n in range(2 * len(known))
        ]

    def people(self) -> list[Visitor]:
        """Signed in, each with a token of their own."""
        readers = self.told["readers"]
        return [
            self._visitor(
                100_000 + n,
                sessionid=key,
                yv_reader=readers[n % len(readers)],
                csrftoken=secrets.token_hex(16),
            )
            for n, key in enumerate(self.told["people"])
        ]

    def stranger(self, n: int) -> Visitor:
        """Somebody nobody has seen, as the n-th."""
        return self._visitor(300_000 + n)


@dataclass(frozen=True)
class Page:
    status: int
    #: As a browser gets it, and unpacked.
    packed: bytes
    plain: bytes
    where: str = ""
    #: What it gave the browser to bring along.
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.plain.decode(errors="replace")


def fetch(port: int, visitor: Visitor, path: str, form: dict[str, str] | None = None) -> Page:
    """One request of a visitor, on a connection of its own."""
    packing, packed, answer = _asked(port, visitor, path, form)
    if packing in ("", "gzip"):
        return _page(answer, packed, gzip.decompress(packed) if packing else packed)
    # The newer packings can't be opened here: what it says is asked for in the old one.
    _packing, old, _answer = _asked(port, visitor, path, None, newest=False)
    return _page(answer, packed, gzip.decompress(old) if _packing else old)


def _page(answer: http.client.HTTPResponse, packed: bytes, plain: bytes) -> Page:
    cookies = SimpleCookie("; ".join(answer.headers.get_all("Set-Cookie") or []))
    return Page(
        answer.status,
        packed,
        plain,
        answer.getheader("Location", "") or "",
        {name: one.value for name, one in cookies.items() if one.value},
    )


def _asked(
    port: int, visitor: Visitor, path: str, form: dict[str, str] | None, *, newest: bool = True
) -> tuple[str, bytes, http.client.HTTPResponse]:
    sent = visitor.asks(path, host=f"localhost:{port}", form=form, Connection="close")
    if not newest:
        sent = sent.replace(b"gzip, deflate, br, zstd", b"gzip")
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.sendall(sent)
        answer = http.client.HTTPResponse(line)
        answer.begin()
        return answer.getheader("Content-Encoding", "") or "", answer.read(), answer
