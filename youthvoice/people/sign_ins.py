"""Where somebody is signed in, and how they end it.

Looking at a page is no act that others rely on: noting it makes no journal entry. Ending
sessions does.

Rows come one after another as visits do, and so do the public acts in the journal. Had all
rows of one person something in common, then those before their public acts would tell whose
the others are, and so who signed in before a nameless question. So what a row says is sealed
under a key outside the database, all of one length, and each row of a person has a mark of its
own, which only the key finds.
"""

import json
import secrets
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from youthvoice.journal.actions import record
from youthvoice.kit.clock import week_of
from youthvoice.kit.holdings import Leaver
from youthvoice.kit.seal import Broken, Seal
from youthvoice.people import sessions
from youthvoice.people.browsers import browser_of, device_of
from youthvoice.people.choices import Browser, Device
from youthvoice.people.models import SignIn, User
from youthvoice.people.sessions import ROW, SessionStore

#: Rows of one person that can be kept without two of them sharing a mark.
_MARKS = 32
#: Longer than anything that is sealed.
_LENGTH = 200
#: For so long it is gathered who came again in another week.
_GATHER = timedelta(hours=1)


@dataclass(frozen=True)
class Inside:
    """What a row says to its owner."""

    person: int
    session_key: str
    device: str
    browser: str
    #: The week of signing in, as `week_of` gives it.
    since: str


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


def note(request: HttpRequest, person: User, *, at: datetime) -> None:
    """Keep the row of this session up to date. One query, and a write a week, with others'."""
    key, week = request.session.session_key, week_of(at)
    if key is None:
        return
    row = SignIn.objects.filter(pk=number_of(request)).first()
    inside = _opened(row) if row else None
    if row is None or inside is None or inside.person != person.pk:
        agent = request.headers.get("User-Agent", "")
        inside = Inside(person.pk, key, device_of(agent), browser_of(agent), week.isoformat())
        row = SignIn.objects.create(mark=_free_mark(person), inside=_sealed(inside), seen=week)
        request.session[ROW] = row.pk
    elif inside.session_key != key:
        inside = Inside(**asdict(inside) | {"session_key": key})
        SignIn.objects.filter(pk=row.pk).update(inside=_sealed(inside), seen=week)
    elif row.seen != week:
        came_again.add(row.pk, at=at)


class CameAgain:
    """Rows of those who came in a week that their row doesn't tell yet. What is lost with the
    process is noted again the next time that they come."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: dict[int, date] = {}
        self._since: datetime | None = None

    def add(self, row: int, *, at: datetime) -> None:
        """What has waited long enough is written first, so that nobody's coming writes theirs."""
        with self._lock:
            due: dict[int, date] = {}
            if self._since and at - self._since >= _GATHER:
                due, self._rows, self._since = self._rows, {}, None
            self._rows[row] = week_of(at)
            self._since = self._since or at
        for week in set(due.values()):
            rows = sorted(row for row, of in due.items() if of == week)
            SignIn.objects.filter(pk__in=rows).update(seen=week)

    def forget(self) -> None:
        self._rows, self._since = {}, None


came_again = CameAgain()


def sign_ins_of(person: User, *, most: int | None = None) -> list[SignedIn]:
    """Those that may still be open, the latest first."""
    found = []
    for row in _rows_of(person).order_by("-seen", "-pk"):
        if inside := _opened(row):
            device, browser = Device(inside.device), Browser(inside.browser)
            since = date.fromisoformat(inside.since)
            found.append(SignedIn(row.pk, inside.session_key, device, browser, since, row.seen))
    ended = sessions.ended_among([row.session_key for row in found])
    return [row for row in found if row.session_key not in ended][:most]


def marks_of(person_id: int) -> list[str]:
    """Under which rows of a person are found: without the key nobody tells that two are one's."""
    return [
        salted_hmac("youthvoice.sign_ins", f"{person_id} {n}", algorithm="sha256").hexdigest()
        for n in range(_MARKS)
    ]


def _rows_of(person: User) -> QuerySet[SignIn]:
    return SignIn.objects.filter(mark__in=marks_of(person.pk))


def _free_mark(person: User) -> str:
    marks = marks_of(person.pk)
    used = set(_rows_of(person).values_list("mark", flat=True))
    return secrets.choice([mark for mark in marks if mark not in used] or marks)


def _sealed(inside: Inside) -> str:
    """All as long as each other: a length would tell the device, and with it the person."""
    return Seal(f"youthvoice.sign_ins {settings.SECRET_KEY}").close(
        json.dumps(asdict(inside)).ljust(_LENGTH)
    )


def _opened(row: SignIn) -> Inside | None:
    """None for what was sealed under a key that is no longer known."""
    for key in (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)):
        try:
            return Inside(**json.loads(Seal(f"youthvoice.sign_ins {key}").open(row.inside)))
        except Broken:
            continue
    return None


def number_of(request: HttpRequest) -> int:
    """The row of this session; 0 if it has none yet."""
    return int(request.session.get(ROW, 0))


def is_current(request: HttpRequest, row: SignedIn) -> bool:
    return number_of(request) == row.pk


def end_one(*, row: SignedIn, person: User, at: datetime) -> None:
    with transaction.atomic():
        _end([row])
        record("person.session_ended", subject=person, actor=person, at=at)


def end_others(request: HttpRequest, person: User, *, at: datetime) -> None:
    """End every session of the person but the one of this request."""
    with transaction.atomic():
        end_all(person, but=number_of(request))
        record("person.sessions_ended", subject=person, actor=person, at=at)
    stay(request, person)


def end_all(person: User, *, but: int = 0) -> None:
    """Make every session of the person worthless, listed or not, within the transaction of
    the act that calls for it. The one to be kept must `stay` afterwards."""
    person.session_stamp = secrets.token_hex(16)
    person.save(update_fields=["session_stamp"])
    _end([row for row in sign_ins_of(person) if row.pk != but])


def end_with_password(request: HttpRequest, person: User) -> None:
    """A new password has ended the others already; their rows go, and the session stays."""
    _end([row for row in sign_ins_of(person) if not is_current(request, row)])


def stay(request: HttpRequest, person: User) -> None:
    """Let the session of this request go on after `end_all`."""
    request.user = person
    update_session_auth_hash(request, person)


def purge(*, at: datetime) -> None:
    """Drop the rows of sessions that were ended or have run out, and these sessions."""
    oldest = week_of(at - timedelta(seconds=settings.SESSION_COOKIE_AGE))
    SignIn.objects.filter(seen__lt=oldest).delete()
    sessions.purge(at=at)


def erase(leavers: Sequence[Leaver], *, at: datetime) -> None:
    """The rows of those who leave; what ends their sessions is `actions.end_sessions`."""
    marks = [mark for leaver in leavers for mark in marks_of(leaver.pk)]
    SignIn.objects.filter(mark__in=marks).delete()


def _end(rows: Sequence[SignedIn]) -> None:
    for row in rows:
        SessionStore(row.session_key).delete()
    SignIn.objects.filter(pk__in=[row.pk for row in rows]).delete()
