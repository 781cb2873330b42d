"""Noting where somebody is signed in, and ending it.

Looking at a page is no act that others rely on: noting it makes no journal entry. Ending
sessions does.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY, update_session_auth_hash
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

from youthvoice.journal.actions import record
from youthvoice.kit.holdings import Leaver
from youthvoice.people.choices import SHUT_KEY
from youthvoice.people.devices.browsers import browser_of, device_of
from youthvoice.people.devices.queries import (
    ROW,
    SignedIn,
    is_current,
    number_of,
    rows_of,
    sign_ins_of,
)
from youthvoice.people.devices.rows import Inside, marks_of, opened, sealed, week_of
from youthvoice.people.devices.sessions import SessionStore
from youthvoice.people.models import SignIn, User

_SESSIONS_AT_ONCE = 500


def note(request: HttpRequest, person: User, *, at: datetime) -> None:
    """Keep the row of this session up to date. One query, and a write a week."""
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
    elif (inside.session_key, row.seen) != (key, week):
        inside = Inside(**asdict(inside) | {"session_key": key})
        SignIn.objects.filter(pk=row.pk).update(inside=sealed(inside), seen=week)


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


def _free_mark(person: User) -> str:
    marks = marks_of(person.pk)
    used = set(rows_of(person).values_list("mark", flat=True))
    return secrets.choice([mark for mark in marks if mark not in used] or marks)


def _end(rows: Sequence[SignedIn]) -> None:
    for row in rows:
        _store()(row.session_key).delete()
    SignIn.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _store() -> type[SessionBase]:
    store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
    return store
