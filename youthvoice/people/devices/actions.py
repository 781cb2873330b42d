"""Noting where somebody is signed in, and ending it.

Looking at a page is no act that others rely on: noting it makes no journal entry. Ending
sessions does.
"""

import secrets
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

from youthvoice.journal.actions import record
from youthvoice.kit.clock import week_of
from youthvoice.kit.holdings import Leaver
from youthvoice.people.choices import SHUT_KEY
from youthvoice.people.devices import sessions
from youthvoice.people.devices.browsers import browser_of, device_of
from youthvoice.people.devices.queries import (
    SignedIn,
    is_current,
    number_of,
    rows_of,
    sign_ins_of,
)
from youthvoice.people.devices.rows import Inside, marks_of, opened, sealed
from youthvoice.people.devices.sessions import ROW, SessionStore
from youthvoice.people.models import SignIn, User

_SESSIONS_AT_ONCE = 500
#: For so long it is gathered who came again in another week.
_GATHER = timedelta(hours=1)


def note(request: HttpRequest, person: User, *, at: datetime) -> None:
    """Keep the row of this session up to date. One query, and a write a week, with others'."""
    key, week = request.session.session_key, week_of(at)
    if key is None:
        return
    row = SignIn.objects.filter(pk=number_of(request)).first()
    inside = opened(row) if row else None
    if row is None or inside is None or inside.person != person.pk:
        agent = request.headers.get("User-Agent", "")
        inside = Inside(person.pk, key, device_of(agent), browser_of(agent), week.isoformat())
        row = SignIn.objects.create(mark=_free_mark(person), inside=sealed(inside), seen=week)
        request.session[ROW] = row.pk
    elif inside.session_key != key:
        inside = Inside(**asdict(inside) | {"session_key": key})
        SignIn.objects.filter(pk=row.pk).update(inside=sealed(inside), seen=week)
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
    """End all sessions of these people, and those in which they have just shown a password."""
    numbers = {str(pk) for pk in people}

    def is_theirs(inside: dict[str, Any]) -> bool:
        whose = {str(inside.get(SESSION_KEY)), str(inside.get(SHUT_KEY, {}).get("account"))}
        return not numbers.isdisjoint(whose)

    _drop(is_theirs)


def drop_worthless(person: User) -> None:
    """The sessions that open nothing any more since the person's stamp was changed; not those
    that have begun since, nor one in which they have just shown their password."""
    digest = person.get_session_auth_hash()

    def is_worthless(inside: dict[str, Any]) -> bool:
        is_theirs = inside.get(SESSION_KEY) == str(person.pk)
        return is_theirs and inside.get(HASH_SESSION_KEY) != digest

    _drop(is_worthless)


def _drop(which: Callable[[dict[str, Any]], bool]) -> None:
    """Django's sessions say whose they are only inside; so each is looked at, a few at a time."""
    decode, last = SessionStore().decode, ""
    while chunk := list(Session.objects.filter(pk__gt=last).order_by("pk")[:_SESSIONS_AT_ONCE]):
        found = [session.pk for session in chunk if which(decode(session.session_data))]
        Session.objects.filter(pk__in=found).delete()
        sessions.tell_ended(found)
        last = chunk[-1].pk


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
    """The rows of those who leave; what ends their sessions is `end_sessions`."""
    marks = [mark for leaver in leavers for mark in marks_of(leaver.pk)]
    SignIn.objects.filter(mark__in=marks).delete()


def _free_mark(person: User) -> str:
    marks = marks_of(person.pk)
    used = set(rows_of(person).values_list("mark", flat=True))
    return secrets.choice([mark for mark in marks if mark not in used] or marks)


def _end(rows: Sequence[SignedIn]) -> None:
    for row in rows:
        SessionStore(row.session_key).delete()
    SignIn.objects.filter(pk__in=[row.pk for row in rows]).delete()
