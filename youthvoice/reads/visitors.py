"""Who is reading, as far as counting needs to know: a hash that leads back to nobody.

The hash itself is never stored. Had two reads of a visitor anything in common there, the first
reader of a nameless question would be the first reader of something under their name, too.

A visitor is told apart by a random cookie that lives a day, or, before the cookie has
come back, by a hash of network and browser under the day's key. Both are the same
visitor within the hour in which the cookie was given, so that nobody counts twice.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from youthvoice.kit.network import network_of
from youthvoice.reads.choices import Audience
from youthvoice.reads.daily import key_of

COOKIE = "yv_reader"
_NAME = COOKIE.encode()
COOKIE_HOURS = 24
_SIGNER = signing.Signer(salt="youthvoice.reads")
#: CUBOT makes telephones.
_BOT = re.compile(r"(?<!cu)bot\b|bot/")
_ROBOTS_WORDS = (
    "crawl", "spider", "slurp", "preview", "curl", "wget", "python", "java/", "go-http",
    "headlesschrome-lighthouse", "okhttp", "axios", "scrapy", "monitor", "uptime", "feed",
)  # fmt: skip


@dataclass(frozen=True)
class Visitor:
    key: bytes
    audience: Audience


class Seen(NamedTuple):
    """All of a request that counting looks at; kept for a second at most."""

    cookie: str
    agent: str
    address: str
    forwarded: str


#: Of a request as it came: its cookies, its browser, the address, for whom a proxy asks.
Head = tuple[bytes, bytes, str, bytes]


def seen_in(head: Head) -> Seen:
    cookies, agent, address, forwarded = head
    found = cookie_of(cookies) if cookies else ""
    return Seen(found, agent.decode("latin-1"), address, forwarded.decode("latin-1"))


def cookie_of(cookies: bytes) -> str:
    """The reader's cookie's value; empty without one."""
    for one in cookies.split(b";"):
        name, _, value = one.partition(b"=")
        if name.strip() == _NAME:
            return value.strip().decode("latin-1")
    return ""


def hour_of(at: datetime) -> int:
    return int(at.timestamp()) // 3600


def seen_by(request: HttpRequest) -> Seen:
    return Seen(
        request.COOKIES.get(COOKIE, ""),
        request.headers.get("User-Agent", ""),
        request.META.get("REMOTE_ADDR", ""),
        request.META.get("HTTP_X_FORWARDED_FOR", ""),
    )


def identify(seen: Seen, *, at: datetime) -> Visitor:
    """The reader behind a request. A forged or expired cookie is as good as none."""
    agent = seen.agent
    cookie = _read_cookie(seen.cookie, at=at)
    if cookie and cookie[1] < hour_of(at):
        source = b"c" + cookie[0].encode()
    else:
        network = network_of(seen.address, forwarded=seen.forwarded)
        source = b"n" + f"{network}\n{agent}".encode()
    if cookie and cookie[2] == Audience.STAFF:
        audience = Audience.STAFF
    elif not agent or _is_robots(agent):
        audience = Audience.ROBOT
    else:
        audience = Audience.PUBLIC
    key = key_of(_day_of(hour_of(at)))
    return Visitor(hashlib.blake2b(source, key=key, digest_size=16).digest(), audience)


def _is_robots(agent: str) -> bool:
    """It is asked for every page that somebody reads: words are looked for ten times as fast as
    one pattern of them all."""
    lowered = agent.lower()
    if "bot" in lowered and _BOT.search(lowered):
        return True
    return any(word in lowered for word in _ROBOTS_WORDS)


@lru_cache(maxsize=4)
def _day_of(hour: int) -> date:
    return timezone.localdate(datetime.fromtimestamp(hour * 3600, UTC))


def mark_of(visitor: bytes, target: str, hour: int) -> bytes:
    """What is kept of a read: the same read gives the same mark, and no two have anything in
    common for whoever hasn't the day's key."""
    return hashlib.blake2b(f"{target}\n{hour}".encode(), key=visitor, digest_size=16).digest()


def give_cookie(
    request: HttpRequest, response: HttpResponse, *, is_staff: bool, at: datetime
) -> None:
    """Set or renew the reader's cookie where it is missing or says the wrong audience."""
    audience = Audience.STAFF if is_staff else Audience.PUBLIC
    value = new_cookie(request.COOKIES.get(COOKIE, ""), audience, at=at)
    if value:
        response.set_cookie(
            COOKIE,
            value,
            max_age=COOKIE_HOURS * 3600,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )


def new_cookie(value: str, audience: Audience, *, at: datetime) -> str:
    """What to set in place of the reader's cookie; empty when it is right."""
    cookie = _read_cookie(value, at=at)
    if cookie and cookie[2] == audience:
        return ""
    name, hour = (cookie[0], cookie[1]) if cookie else (secrets.token_hex(8), hour_of(at))
    return _SIGNER.sign(f"{name}.{hour}.{audience}")


def _read_cookie(value: str, *, at: datetime) -> tuple[str, int, str] | None:
    """Name, hour of birth and audience. Within the hour in which the browser drops it the
    cookie no longer counts, so that the reads before and after are one visitor's."""
    if not value:
        return None
    try:
        name, hour, audience = _SIGNER.unsign(value).split(".")
        born = int(hour)
    except (signing.BadSignature, ValueError):
        return None
    return (name, born, audience) if hour_of(at) < born + COOKIE_HOURS else None
