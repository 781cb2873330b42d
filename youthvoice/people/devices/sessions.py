"""Sessions in the database that name nobody and tell no day.

A copy of the database that says who signed in, and when, would name the one who asked without
a name a minute later. So the data of each session is sealed with a key outside the database, all
of one length, and its end is the end of a week. Django's `last_login` isn't kept at all. Signing
out leaves a mark that only the key ties to the session, which is deleted later, among others.

Nor is a session's key kept, which the browser has, only its digest: whoever sent us a key out of a
copy would be told by our own pages whose session it is.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from youthvoice.entrance import nonces
from youthvoice.kit import clock
from youthvoice.kit.clock import start_of_day, week_of
from youthvoice.kit.seal import Broken, Seal
from youthvoice.people.models import EndedSession, SignIn
from youthvoice.readymade.prepared import prepared

#: Where a session keeps the number of its row in the list of devices.
ROW = "sign_in"
#: What is sealed is filled up to a multiple of so many letters: a length would tell whose it is.
_LENGTH = 1024
_INSIDE = 100
_ENDED = "youthvoice.ended_sessions"


@prepared("name", "marks", "at")
def _live(name: str, marks: list[bytes], at: datetime) -> QuerySet[Session]:
    ended = EndedSession.objects.filter(mark__in=marks)
    return Session.objects.filter(~Exists(ended), expire_date__gt=at, pk=name)


class SessionStore(db.SessionStore):
    def encode(self, session_dict: dict[str, Any]) -> str:
        text = super().encode(session_dict)
        return _seal(settings.SECRET_KEY).close(text.ljust(-(-len(text) // _LENGTH) * _LENGTH))

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """Nothing, for what was sealed under another key."""
        text = session_data if isinstance(session_data, str) else session_data.decode()
        for key in _keys():
            with suppress(Broken):
                found: dict[str, Any] = super().decode(_seal(key).open(text).rstrip())
                return found
        return {}

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """The end of the week in which it would end."""
        end: datetime = super().get_expiry_date(**kwargs)
        day = start_of_day(end)
        return day + timedelta(days=7 - day.weekday())

    def _get_session_from_db(self) -> Session | None:
        given = self.session_key or ""
        found: Session | None = _live.first(
            name=kept_as(given), marks=list(_marks_of(given)), at=timezone.now()
        )
        if found is None:
            self._session_key = None
        return found

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        row = super().create_model_instance(data)
        row.session_key = kept_as(row.session_key)
        return row

    def save(self, must_create: bool = False) -> None:
        """What was signed out of is gone, though its row goes later: nothing comes back to it."""
        if not must_create and self.session_key and ended_among([self.session_key]):
            raise UpdateError
        super().save(must_create)

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(pk=kept_as(session_key)).exists()

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            Session.objects.filter(pk=kept_as(key)).delete()
            tell_ended([kept_as(key)])

    def flush(self) -> None:
        """Signed out: it opens nothing from here on."""
        if self.session_key and self.exists(self.session_key):
            end_later(self.session_key, row=int(self.get(ROW, 0)), at=clock.now())
        self.clear()
        self._session_key = None


def kept_as(session_key: str) -> str:
    """Under what a session's row is found; from it the key can't be found."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


def end_later(session_key: str, *, row: int, at: datetime) -> None:
    inside = json.dumps([session_key, row]).ljust(_INSIDE)
    sealed = Seal(f"{_ENDED} {settings.SECRET_KEY}").close(inside)
    mark = _marks_of(session_key)[0]
    ended = EndedSession(mark=mark, inside=sealed, week=week_of(at))
    EndedSession.objects.bulk_create([ended], ignore_conflicts=True)
    tell_ended([kept_as(session_key)])


def tell_ended(names: Iterable[str]) -> None:
    """What was kept for the browsers of these sessions, by the names of their rows, is over."""
    nonces.changed([nonces.session_name(name) for name in names])


def ended_among(session_keys: list[str]) -> set[str]:
    """Which of these sessions were signed out of."""
    marks = {mark: key for key in session_keys for mark in _marks_of(key)}
    found = EndedSession.objects.filter(mark__in=list(marks)).values_list("mark", flat=True)
    return {marks[bytes(mark)] for mark in found}


def purge(*, at: datetime) -> None:
    """Drop those that were signed out of, all together, and the others that have run out.

    The marks go a week after the sessions: together they would say which was whose.
    """
    ended = list(_insides())
    with transaction.atomic():
        Session.objects.filter(pk__in=sorted(kept_as(key) for key, _row in ended)).delete()
        SignIn.objects.filter(pk__in=sorted(row for _key, row in ended)).delete()
    EndedSession.objects.filter(week__lt=week_of(at - timedelta(days=7))).delete()
    SessionStore.clear_expired()


def _insides() -> Iterator[tuple[str, int]]:
    for inside in EndedSession.objects.values_list("inside", flat=True):
        for key in _keys():
            with suppress(Broken):
                session_key, row = json.loads(Seal(f"{_ENDED} {key}").open(inside))
                yield session_key, row


def _marks_of(session_key: str) -> list[bytes]:
    return [
        salted_hmac(_ENDED, session_key, secret=key, algorithm="sha256").digest() for key in _keys()
    ]


def _keys() -> list[str]:
    return [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]


def _seal(key: str) -> Seal:
    return Seal(f"youthvoice.sessions {key}")
