"""Counting, exactly and where a restart does not forget it.

A try is no act that others rely on, and who tried must not stand in the journal, nor anywhere
else in the database; so there is no entry, and the counts are in a file of their own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from youthvoice.kit.templatetags.kit_tags import duration
from youthvoice.limits import store
from youthvoice.limits.choices import LIMITS, Limit, What

#: What taking raises where nothing can be written, as on a full disk.
UNABLE_TO_COUNT = store.UNWRITABLE


class TooMany(Exception):
    """Refused for now; its words say how long to wait."""

    #: Errors of forms that are one of these have this code; the page's heading looks at it.
    CODE = "too_many"

    def __init__(self, limit: Limit, *, wait_seconds: int, what: Any = "") -> None:
        self.wait_seconds = wait_seconds
        self.hint = limit.hint
        # Whole minutes, and never less than it takes.
        words = {"what": what or limit.words, "wait": duration(-(-wait_seconds // 60) * 60)}
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
    #: In place of the table's, and what to say then.
    most: int = 0
    words: Any = ""

    @property
    def limit(self) -> Limit:
        return LIMITS[self.what]

    @property
    def key(self) -> bytes:
        """An HMAC: a copy of the counts names nobody and doesn't even say what was counted."""
        value = f"{self.what}\x00{self.who}"
        return salted_hmac("youthvoice.limits", value, algorithm="sha256").digest()


def take(what: What, *, who: Any, at: datetime, many: int = 1) -> None:
    """Count one more (or `many`). One query, and a second one to say how long to wait.

    Compare-and-set within one statement: of many at once exactly as many pass as may.
    A refused one counts nothing. Raises TooMany.
    """
    _take(Want(what, who, many), at)


def take_all(wants: Iterable[Want], *, at: datetime) -> None:
    """Count all of them or none. Raises TooMany for the first that is too much."""
    order = list(What)
    with store.transaction():
        # Always in one order: who is refused by two limits is told of the same one each time.
        for want in sorted(wants, key=lambda want: order.index(want.what)):
            _take(want, at)


def used(want: Want, *, at: datetime) -> int:
    """How often it was counted in the time that runs now."""
    values = [want.key, _minute(at)]
    row = store.execute("SELECT used FROM counts WHERE key = ? AND ends > ?", values).fetchone()
    return row[0] if row else 0


def give_back(what: What, *, who: Any, at: datetime) -> None:
    """Take one off again: the try was a good one."""
    store.execute(
        "UPDATE counts SET used = used - 1 WHERE key = ? AND ends > ? AND used > 0",
        [Want(what, who).key, _minute(at)],
    )


def clear(what: What, *, who: Any) -> None:
    """Begin anew."""
    store.execute("DELETE FROM counts WHERE key = ?", [Want(what, who).key])


def forget(*, at: datetime) -> None:
    """Drop what no longer counts."""
    store.execute("DELETE FROM counts WHERE ends <= ?", [_minute(at)])


def _take(want: Want, at: datetime) -> None:
    if not _count(want, at):
        row = store.execute("SELECT ends FROM counts WHERE key = ?", [want.key]).fetchone()
        # The row may have been cleared between the two queries: then a second is enough.
        wait = row[0] * 60 - int(at.timestamp()) if row else 1
        raise TooMany(want.limit, wait_seconds=max(wait, 1), what=want.words)


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60


def _count(want: Want, at: datetime) -> bool:
    """Whether it could be counted. The time runs from the first one to a whole minute."""
    limit = want.limit
    most = want.most or limit.most
    if want.many > most:
        return False
    # Whole minutes, so that no row tells when exactly somebody wrote.
    now, ends = _minute(at), -(-int((at + limit.within).timestamp()) // 60)
    # With `locks`, the last one that is allowed sets the end anew.
    last = most if limit.locks else most + 1
    done = store.execute(
        "INSERT INTO counts (key, used, ends) VALUES (?, ?, ?) "
        "ON CONFLICT (key) DO UPDATE SET "
        "used = CASE WHEN counts.ends <= ? THEN 0 ELSE counts.used END + excluded.used, "
        "ends = CASE WHEN counts.ends <= ? OR counts.used + excluded.used >= ? "
        "THEN excluded.ends ELSE counts.ends END "
        "WHERE counts.ends <= ? OR counts.used + excluded.used <= ?",
        [want.key, want.many, ends, now, now, last, now, most],
    )
    return bool(done.rowcount)
