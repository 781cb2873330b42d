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
from datetime import datetime

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from youthvoice.kit.network import client_network
from youthvoice.reads.choices import Audience
from youthvoice.reads.daily import key_of

COOKIE = "yv_reader"
_COOKIE_HOURS = 24
_SIGNER = signing.Signer(salt="youthvoice.reads")
_ROBOT = re.compile(
    # CUBOT makes telephones.
    r"(?<!cu)bot\b|bot/|crawl|spider|slurp|preview|curl|wget|python|java/|go-http|headlesschrome-lighthouse"
    r"|okhttp|axios|scrapy|monitor|uptime|feed",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Visitor:
    key: bytes
    audience: Audience


def hour_of(at: datetime) -> int:
    return int(at.timestamp()) // 3600


def identify(request: HttpRequest, *, at: datetime) -> Visitor:
    """The reader behind a request. A forged or expired cookie is as good as none."""
    agent = request.headers.get("User-Agent", "")
    cookie = _read_cookie(request, at=at)
    if cookie and cookie[1] < hour_of(at):
        source = b"c" + cookie[0].encode()
    else:
        source = b"n" + f"{client_network(request)}\n{agent}".encode()
    if cookie and cookie[2] == Audience.STAFF:
        audience = Audience.STAFF
    elif not agent or _ROBOT.search(agent):
        audience = Audience.ROBOT
    else:
        audience = Audience.PUBLIC
    key = key_of(timezone.localdate(at))
    return Visitor(hashlib.blake2b(source, key=key, digest_size=16).digest(), audience)


def mark_of(visitor: bytes, target: str, hour: int) -> bytes:
    """What is kept of a read: the same read gives the same mark, and no two have anything in
    common for whoever hasn't the day's key."""
    return hashlib.blake2b(f"{target}\n{hour}".encode(), key=visitor, digest_size=16).digest()


def give_cookie(
    request: HttpRequest, response: HttpResponse, *, is_staff: bool, at: datetime
) -> None:
    """Set or renew the reader's cookie where it is missing or says the wrong audience."""
    audience = Audience.STAFF if is_staff else Audience.PUBLIC
    cookie = _read_cookie(request, at=at)
    if cookie and cookie[2] == audience:
        return
    name, hour = (cookie[0], cookie[1]) if cookie else (secrets.token_hex(8), hour_of(at))
    response.set_cookie(
        COOKIE,
        _SIGNER.sign(f"{name}.{hour}.{audience}"),
        max_age=_COOKIE_HOURS * 3600,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def _read_cookie(request: HttpRequest, *, at: datetime) -> tuple[str, int, str] | None:
    """Name, hour of birth and audience. Within the hour in which the browser drops it the
    cookie no longer counts, so that the reads before and after are one visitor's."""
    try:
        name, hour, audience = _SIGNER.unsign(request.COOKIES.get(COOKIE, "")).split(".")
        born = int(hour)
    except (signing.BadSignature, ValueError):
        return None
    return (name, born, audience) if hour_of(at) < born + _COOKIE_HOURS else None
