"""Where somebody is signed in, and how they end it.

Looking at a page is no act that others rely on: noting it makes no journal entry. Ending
sessions does.
"""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from youthvoice.journal.actions import record
from youthvoice.kit.holdings import Leaver
from youthvoice.people.browsers import browser_of, device_of
from youthvoice.people.models import SignIn, User

#: Where a session keeps the number of its row; the session's own key changes now and then.
_ROW = "sign_in"


def note(request: HttpRequest, person: User, *, at: datetime) -> None:
    """Keep the row of this session up to date. One query, and a write a week."""
    key, week = request.session.session_key, week_of(at)
    if key is None:
        return
    row = sign_ins_of(person).filter(pk=number_of(request)).first()
    if row is None:
        agent = request.headers.get("User-Agent", "")
        row = SignIn.objects.create(
            owner=owner_of(person.pk),
            session_key=key,
            device=device_of(agent),
            browser=browser_of(agent),
            since=week,
            seen=week,
        )
        request.session[_ROW] = row.pk
    elif (row.session_key, row.seen) != (key, week):
        SignIn.objects.filter(pk=row.pk).update(session_key=key, seen=week)


def week_of(at: datetime) -> date:
    """Its Monday. A day would tell who may have come to ask without a name."""
    day = timezone.localdate(at)
    return day - timedelta(days=day.weekday())


def sign_ins_of(person: User) -> QuerySet[SignIn]:
    """Those that may still be open, the latest first."""
    rows = SignIn.objects.filter(owner=owner_of(person.pk))
    return rows.order_by("-seen", "-pk")


def owner_of(person_id: int) -> str:
    """What stands for a person in their rows: a copy of the table names nobody."""
    mark = salted_hmac("youthvoice.sign_ins", str(person_id), algorithm="sha256")
    return mark.hexdigest()


def number_of(request: HttpRequest) -> int:
    """The row of this session; 0 if it has none yet."""
    return int(request.session.get(_ROW, 0))


def is_current(request: HttpRequest, row: SignIn) -> bool:
    return number_of(request) == row.pk


def end_one(*, row: SignIn, person: User, at: datetime) -> None:
    with transaction.atomic():
        _end(SignIn.objects.filter(pk=row.pk))
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
    _end(sign_ins_of(person).exclude(pk=but))


def end_with_password(request: HttpRequest, person: User) -> None:
    """A new password has ended the others already; their rows go, and the session stays."""
    _end(sign_ins_of(person).exclude(pk=number_of(request)))


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
    """The rows of those who leave; what ends their sessions is `actions.end_sessions`."""
    SignIn.objects.filter(owner__in=[owner_of(leaver.pk) for leaver in leavers]).delete()


def _end(rows: QuerySet[SignIn]) -> None:
    for key in rows.values_list("session_key", flat=True):
        _store()(key).delete()
    rows.delete()


def _store() -> type[SessionBase]:
    store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
    return store
