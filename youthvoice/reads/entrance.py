"""Counting at the entrance, where kept pages are given away (entrance/cache.py)."""

import time
from http.cookies import Morsel

from django.conf import settings

from youthvoice.kit import clock
from youthvoice.reads.actions import recorder
from youthvoice.reads.choices import Audience
from youthvoice.reads.visitors import COOKIE, COOKIE_HOURS, Seen, new_cookie

_OURS = COOKIE.encode()


class Readers:
    """The `Visitors` of the page cache."""

    def __init__(self, *, told_apart: str) -> None:
        """`told_apart`: the cookie of those whose reads the house itself must look at."""
        self._told_apart = f"{told_apart}=".encode()
        #: Cookies that say nothing of whom the house knows.
        self._plain = {_OURS, settings.CSRF_COOKIE_NAME.encode()}

    def saw(self, targets: tuple[str, ...], headers: dict[bytes, bytes], address: str) -> None:
        cookies = headers.get(b"cookie", b"")
        seen = Seen(
            _value(cookies) if cookies else "",
            headers.get(b"user-agent", b"").decode("latin-1"),
            address,
            headers.get(b"x-forwarded-for", b"").decode("latin-1"),
        )
        recorder.give(targets, seen, int(time.time()) // 3600)

    def is_told_apart(self, cookies: bytes) -> bool:
        return self._told_apart in cookies

    def is_unknown(self, cookies: bytes) -> bool:
        """Only those who carry no other cookie than the reader's, and the one against forgery."""
        if not cookies:
            return True
        names = (one.partition(b"=")[0].strip() for one in cookies.split(b";"))
        return all(name in self._plain for name in names)

    def cookie(self, cookies: bytes, *, is_secure: bool) -> bytes | None:
        value = new_cookie(_value(cookies), Audience.PUBLIC, at=clock.now())
        if not value:
            return None
        morsel: Morsel[str] = Morsel()
        morsel.set(COOKIE, value, value)
        marks = {"max-age": COOKIE_HOURS * 3600, "path": "/", "httponly": True, "samesite": "Lax"}
        for name, mark in (marks | {"secure": is_secure}).items():
            morsel[name] = mark
        return morsel.OutputString().encode("latin-1")


def _value(cookies: bytes) -> str:
    """The reader's cookie's value; empty without one."""
    for one in cookies.split(b";"):
        name, _, value = one.partition(b"=")
        if name.strip() == _OURS:
            return value.strip().decode("latin-1")
    return ""
