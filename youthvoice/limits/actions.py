"""Counting, exactly and where a restart does not forget it.

A try is no act that others rely on, and who tried must not stand in the journal; so there
is no entry.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F
from django.http import HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from youthvoice.kit.templatetags.kit_tags import duration
from youthvoice.limits.choices import LIMITS, Limit, What
from youthvoice.limits.models import Count


class TooMany(Exception):
    """Refused for now; its words say how long to wait."""

    #: Errors of forms that are one of these have this code; the page's heading looks at it.
    CODE = "too_many"

    def __init__(self, limit: Limit, *, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        self.hint = limit.hint
        # Whole minutes, and never less than it takes.
        words = {"what": limit.words, "wait": duration(-(-wait_seconds // 60) * 60)}
        super().__init__(_("%(what)s，请 %(wait)s后再试。") % words)

    def refuse(self, form: forms.BaseForm) -> None:
        """Say it in the form, which is shown again with what was typed."""
        form.add_error(None, ValidationError(str(self), code=self.CODE))

    def mark(self, response: HttpResponse) -> HttpResponse:
        """Make the response the one that tools understand: 429 with Retry-After."""
        response.status_code = 429
        response["Retry-After"] = str(self.wait_seconds)
        return response


@dataclass(frozen=True)
class Want:
    """What somebody wants to do. `who` is a network, or an account's number: see `What`."""

    what: What
    who: Any
    many: int = 1

    @property
    def limit(self) -> Limit:
        return LIMITS[self.what]

    @property
    def key(self) -> bytes:
        value = f"{self.what}\x00{self.who}"
        return salted_hmac("youthvoice.limits", value, algorithm="sha256").digest()


def take(what: What, *, who: Any, at: datetime, many: int = 1) -> None:
    """Count one more (or `many`). One query, and a second one to say how long to wait.

    Compare-and-set within one statement: of many at once exactly as many pass as may.
    A refused one counts nothing. Raises TooMany.
    """
    want = Want(what, who, many)
    if not _count(want, at):
        ends = Count.objects.filter(key=want.key).values_list("ends", flat=True).first()
        # The row may have been cleared between the two queries: then a second is enough.
        wait = ends * 60 - int(at.timestamp()) if ends is not None else 1
        raise TooMany(want.limit, wait_seconds=max(wait, 1))


def take_all(wants: Iterable[Want], *, at: datetime) -> None:
    """Count all of them or none. Raises TooMany for the first that is too much."""
    order = list(What)
    with transaction.atomic():
        # Always in one order, so that no two wait for each other in a ring.
        for want in sorted(wants, key=lambda want: order.index(want.what)):
            take(want.what, who=want.who, at=at, many=want.many)


def give_back(what: What, *, who: Any, at: datetime) -> None:
    """Take one off again: the try was a good one."""
    rows = Count.objects.filter(key=Want(what, who).key, ends__gt=_minute(at), used__gt=0)
    rows.update(used=F("used") - 1)


def clear(what: What, *, who: Any) -> None:
    """Begin anew."""
    Count.objects.filter(key=Want(what, who).key).delete()


def forget(*, at: datetime) -> None:
    """Drop what no longer counts."""
    Count.objects.filter(ends__lte=_minute(at)).delete()


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60


def _count(want: Want, at: datetime) -> bool:
    """Whether it could be counted. The time runs from the first one to a whole minute."""
    limit, table = want.limit, Count._meta.db_table
    if want.many > limit.most:
        return False
    now, ends = _minute(at), -(-int((at + limit.within).timestamp()) // 60)
    # With `locks`, the last one that is allowed sets the end anew.
    last = limit.most if limit.locks else limit.most + 1
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (key, used, ends) VALUES (%s, %s, %s) "  # noqa: S608
            "ON CONFLICT (key) DO UPDATE SET "
            f"used = CASE WHEN {table}.ends <= %s THEN 0 ELSE {table}.used END + excluded.used, "
            f"ends = CASE WHEN {table}.ends <= %s OR {table}.used + excluded.used >= %s "
            f"THEN excluded.ends ELSE {table}.ends END "
            f"WHERE {table}.ends <= %s OR {table}.used + excluded.used <= %s",
            [want.key, want.many, ends, now, now, last, now, limit.most],
        )
        return bool(cursor.rowcount)
