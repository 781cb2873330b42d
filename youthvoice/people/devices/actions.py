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
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY, update_session_auth_hash
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from youthvoice.journal.actions import record
from youthvoice.kit.holdings import Leaver
from youthvoice.kit.seal import Broken, Seal
from youthvoice.people.choices import SHUT_KEY
from youthvoice.people.devices.browsers import browser_of, device_of
from youthvoice.people.devices.choices import Browser, Device
from youthvoice.people.devices.sessions import SessionStore
from youthvoice.people.models import SignIn, User

#: Where a session keeps the number of its row.
_ROW = "sign_in"
#: Rows of one person that can be kept without two of them sharing a mark.
_MARKS = 32
#: Longer than anything that is sealed.
_LENGTH = 200
_SESSIONS_AT_ONCE = 500


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
    """Keep the row of this session up to date. One query, and a write a week."""
    key, week = request.session.session_key, week_of(at)
    if key is None:
        return
    row = SignIn.objects.filter(pk=number_of(request)).first()
    inside = _opened(row) if row else None
    if row is None or inside is None or inside.person != person.pk:
        agent = request.headers.get("User-Agent", "")
        inside = Inside(person.pk, key, device_of(agent), browser_of(agent), week.isoformat())
        row = SignIn.objects.create(mark=_free_mark(person), inside=_sealed(inside), seen=week)
        request.session[_ROW] = row.pk
    elif (inside.session_key, row.seen) != (key, week):
        inside = Inside(**asdict(inside) | {"session_key": key})
        SignIn.objects.filter(pk=row.pk).update(inside=_sealed(inside), seen=week)


def week_of(at: datetime) -> date:
    """Its Monday. A day would tell who may have come to ask without a name."""
    day = timezone.localdate(at)
    return day - timedelta(days=day.weekday())


def sign_ins_of(person: User, *, most: int | None = None) -> list[SignedIn]:
    """Those that may still be open, the latest first."""
    found = []
    for row in _rows_of(person).order_by("-seen", "-pk")[:most]:
        if inside := _opened(row):
            device, browser = Device(inside.device), Browser(inside.browser)
            since = date.fromisoformat(inside.since)
            found.append(SignedIn(row.pk, inside.session_key, device, browser, since, row.seen))
    return found


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
    return int(request.session.get(_ROW, 0))


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


def end_sessions(people: Collection[int]) -> None:
    """End all sessions of these people, and those in which they have just shown a password.

    Django's sessions say whose they are only inside; so each is looked at, a few at a time.
    """
    decode, last = SessionStore().decode, ""
    while chunk := list(Session.objects.filter(pk__gt=last).order_by("pk")[:_SESSIONS_AT_ONCE]):
        theirs = []
        for session in chunk:
            inside = decode(session.session_data)
            whose = inside.get(SESSION_KEY), inside.get(SHUT_KEY, {}).get("account")
            if any(str(pk) in map(str, whose) for pk in people):
                theirs.append(session.pk)
        Session.objects.filter(pk__in=theirs).delete()
        last = chunk[-1].pk


def stay(request: HttpRequest, person: User) -> None:
    """Let the session of this request go on after `end_all`."""
    request.user = person
    update_session_auth_hash(request, person)


def forget(request: HttpRequest) -> None:
    """Signing out takes the row along."""
    SignIn.objects.filter(pk=number_of(request)).delete()


def purge(*, at: datetime) -> None:
    """Drop the rows of sessions that have run out by themselves, and these sessions."""
    oldest = week_of(at - timedelta(seconds=settings.SESSION_COOKIE_AGE))
    SignIn.objects.filter(seen__lt=oldest).delete()
    _store().clear_expired()


def erase(leavers: Sequence[Leaver], *, at: datetime) -> None:
    """The rows of those who leave; what ends their sessions is `end_sessions`."""
    marks = [mark for leaver in leavers for mark in marks_of(leaver.pk)]
    SignIn.objects.filter(mark__in=marks).delete()


def _end(rows: Sequence[SignedIn]) -> None:
    for row in rows:
        _store()(row.session_key).delete()
    SignIn.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _store() -> type[SessionBase]:
    store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
    return store
