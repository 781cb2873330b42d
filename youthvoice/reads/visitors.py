"""Who is reading, as far as counting needs to know: a hash that leads back to nobody.

The hash itself is never stored. Had two reads of a visitor anything in common there, the first
reader of a nameless question would be the first reader of something under their name, too.

A visitor is told apart by a random cookie that lives a day, or, before the cookie has
come back, by a hash of network and browser under the day's key. Both are the same
visitor within the hour in which the cookie was given, so that nobody counts twice.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from youthvoice.kit.network import network_of
from youthvoice.reads.choices import Audience
from youthvoice.reads.daily import key_of

COOKIE = "yv_reader"
COOKIE_HOURS = 24
_ROBOT = re.compile(
    # CUBOT makes telephones.
    r"(?<!cu)bot\b|bot/|crawl|spider|slurp|preview|curl|wget|python|java/|go-http|headlesschrome-lighthouse"
    r"|okhttp|axios|scrapy|monitor|uptime|feed",
    re.IGNORECASE,
)
#: Without one of these the pattern, ten times as long to look for, finds nothing either.
_ROBOTS_WORDS = (
    "bot", "crawl", "spider", "slurp", "preview", "curl", "wget", "python", "java/", "go-http",
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
    agent, hour = seen.agent, hour_of(at)
    cookie = _read_cookie(seen.cookie, hour)
    if cookie and cookie[1] < hour:
        source = b"c" + cookie[0].encode()
    else:
        network = network_of(seen.address, forwarded=seen.forwarded)
        source = b"n" + f"{network}\n{agent}".encode()
    if cookie and cookie[2] == Audience.STAFF:
        audience = Audience.STAFF
    elif not agent or is_robot(agent):
        audience = Audience.ROBOT
    else:
        audience = Audience.PUBLIC
    key = key_of(_day_of(hour))
    return Visitor(hashlib.blake2b(source, key=key, digest_size=16).digest(), audience)


def is_robot(agent: str) -> bool:
    lowered = agent.lower()
    return any(word in lowered for word in _ROBOTS_WORDS) and bool(_ROBOT.search(agent))


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
    hour = hour_of(at)
    cookie = _read_cookie(value, hour)
    if cookie and cookie[2] == audience:
        return ""
    name, born = (cookie[0], cookie[1]) if cookie else (secrets.token_hex(8), hour)
    return written(name, born, audience)


def written(name: str, born: int, audience: Audience) -> str:
    """A cookie's value."""
    told = f"{name}.{born}.{audience}"
    return f"{told}.{_seal(told)}"


def _seal(told: str) -> str:
    """It is looked at for every page that somebody reads: Django's would take ten times as long."""
    return hashlib.blake2b(told.encode(), key=_key(settings.SECRET_KEY), digest_size=16).hexdigest()


@lru_cache(maxsize=2)
def _key(secret: str) -> bytes:
    return hashlib.blake2b(secret.encode(), digest_size=32, person=b"youthvoice.reads").digest()


def _read_cookie(value: str, hour: int) -> tuple[str, int, str] | None:
    """Name, hour of birth and audience. Within the hour in which the browser drops it the
    cookie no longer counts, so that the reads before and after are one visitor's."""
    told, _, seal = value.rpartition(".")
    if not value.isascii() or not hmac.compare_digest(_seal(told), seal):
        return None
    try:
        name, birth, audience = told.split(".")
        born = int(birth)
    except ValueError:
        return None
    return (name, born, audience) if hour < born + COOKIE_HOURS else None
