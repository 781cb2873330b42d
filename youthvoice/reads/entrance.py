"""Counting at the entrance, where kept pages are given away (entrance/cache.py)."""

import time
from datetime import UTC, datetime
from functools import lru_cache
from http.cookies import Morsel

from django.conf import settings

from youthvoice.kit import clock
from youthvoice.reads.actions import recorder
from youthvoice.reads.choices import Audience
from youthvoice.reads.visitors import COOKIE, COOKIE_HOURS, cookie_of, hour_of, new_cookie


class Readers:
    """The `Visitors` of the page cache."""

    def __init__(self, *, told_apart: str) -> None:
        """`told_apart`: the cookie of those whose reads the house itself must look at."""
        self._told_apart = f"{told_apart}=".encode()
        #: Cookies that say nothing of whom the house knows.
        self._plain = {COOKIE.encode(), settings.CSRF_COOKIE_NAME.encode()}

    def saw(self, targets: tuple[str, ...], headers: dict[bytes, bytes], address: str) -> None:
        get = headers.get
        head = (get(b"cookie", b""), get(b"user-agent", b""), address, get(b"x-forwarded-for", b""))
        recorder.give(targets, head, int(time.time()) // 3600)

    def is_told_apart(self, cookies: bytes) -> bool:
        return self._told_apart in cookies

    def is_unknown(self, cookies: bytes) -> bool:
        """Only those who carry no other cookie than the reader's, and the one against forgery."""
        if not cookies:
            return True
        names = (one.partition(b"=")[0].strip() for one in cookies.split(b";"))
        return all(name in self._plain for name in names)

    def cookie(self, cookies: bytes, *, is_secure: bool) -> bytes | None:
        given = cookie_of(cookies)
        if given and _is_right(given, hour_of(clock.now())):
            return None
        value = new_cookie(given, Audience.PUBLIC, at=clock.now())
        if not value:
            return None
        return f"{COOKIE}={value}{_marks(is_secure=is_secure)}".encode("latin-1")


@lru_cache(maxsize=2)
def _marks(*, is_secure: bool) -> str:
    """What follows the cookie's value, for whoever is here for the first time: by the hundred a
    second, on a day like that."""
    morsel: Morsel[str] = Morsel()
    morsel.set(COOKIE, "", "")
    marks = {"max-age": COOKIE_HOURS * 3600, "path": "/", "httponly": True, "samesite": "Lax"}
    for name, mark in (marks | {"secure": is_secure}).items():
        morsel[name] = mark
    return morsel.OutputString().removeprefix(f"{COOKIE}=")


@lru_cache(maxsize=8192)
def _is_right(value: str, hour: int) -> bool:
    """Whether a reader's cookie may stay in this hour: it is asked for each piece that each
    reader fetches."""
    return not new_cookie(value, Audience.PUBLIC, at=datetime.fromtimestamp(hour * 3600, UTC))
