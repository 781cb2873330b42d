"""A person's browser, before web processes that are asked one by one."""

import time
from typing import Any

from django.db import connection
from django.test import Client

from tests.pages.reader import Reader
from youthvoice.people.models import User

BAR = "/me/bar/"
PHONE = "Mozilla/5.0 (a telephone)"
#: Seconds in which another machine hears of something.
HEARD = 2.0


class Browser:
    """What it sends is taken by the test's own process, what it looks at is asked of a reader."""

    def __init__(self, person: User, *, enforce_csrf_checks: bool = False) -> None:
        self.client = Client(enforce_csrf_checks=enforce_csrf_checks, headers={"user-agent": PHONE})
        self.client.force_login(person)
        # The reader's cookie and the one against forgery come with the first look.
        self.client.get(BAR)

    @property
    def cookies(self) -> str:
        return "; ".join(
            f"{name}={one.value}" for name, one in self.client.cookies.items() if one.value
        )

    def looks(self, reader: Reader, path: str, **headers: str) -> dict[str, Any]:
        return reader.get(path, cookie=self.cookies, **headers)

    def knows(self, reader: Reader, path: str) -> dict[str, Any]:
        """Look until it is kept; gives it. Cookies that it sets are taken."""
        self.client.get(path)
        self.rests()
        first, second = self.looks(reader, path), self.looks(reader, path)
        assert (first["text"], first["drawn"]) == (second["text"], second["drawn"]), path
        return second

    def sends(self, path: str, data: dict[str, str] | None = None) -> Any:
        return self.client.post(path, data or {})

    def rests(self) -> None:
        """The mark of having written is over (wrote.py)."""
        for name in ("yv_wrote", "yv_taken", "messages"):
            self.client.cookies.pop(name, None)


def in_time(found: Any) -> bool:
    """Whether it is so: at once on one machine, within a moment on others."""
    until = time.monotonic() + (HEARD if connection.vendor == "postgresql" else 0)
    while not (is_so := found()) and time.monotonic() < until:
        time.sleep(0.02)
    return bool(is_so)
