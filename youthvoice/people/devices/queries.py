"""Where somebody is signed in."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest

from youthvoice.people.devices.choices import Browser, Device
from youthvoice.people.devices.rows import marks_of, opened
from youthvoice.people.devices.sessions import ROW, ended_among
from youthvoice.people.models import SignIn, User


@dataclass(frozen=True)
class SignedIn:
    """A browser in which somebody is signed in."""

    pk: int
    session_key: str
    device: Device
    browser: Browser
    since: date
    seen: date

    def __str__(self) -> str:
        return f"{self.device.label} · {self.browser.label}"


def sign_ins_of(person: User, *, most: int | None = None) -> list[SignedIn]:
    """Those that may still be open, the latest first."""
    found = []
    for row in rows_of(person).order_by("-seen", "-pk"):
        if inside := opened(row):
            device, browser = Device(inside.device), Browser(inside.browser)
            since = date.fromisoformat(inside.since)
            found.append(SignedIn(row.pk, inside.session_key, device, browser, since, row.seen))
    ended = ended_among([row.session_key for row in found])
    return [row for row in found if row.session_key not in ended][:most]


def rows_of(person: User) -> QuerySet[SignIn]:
    return SignIn.objects.filter(mark__in=marks_of(person.pk))


def number_of(request: HttpRequest) -> int:
    """The row of this session; 0 if it has none yet."""
    return int(request.session.get(ROW, 0))


def is_current(request: HttpRequest, row: SignedIn) -> bool:
    return number_of(request) == row.pk
