"""Letters that wait as rows of a table and are tried, ever more seldom, until they are away.

A row has `tries` and `next_at`: when it is tried next, null once it is away or given up. It
holds no words; they are made as it is sent. Most go to the row's `person`.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models

#: Tried after 30 s, 1 min, 2 min … at most an hour apart, so for about half a day.
TRIES_MOST = 18
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=1)


class Letter(NamedTuple):
    subject: str
    text: str
    #: Name, content and type of each.
    files: Sequence[tuple[str, bytes, str]] = ()


#: One letter about these rows, all of one person. None where there is nothing to be said any
#: more; whoever writes has then seen to the rows.
Write = Callable[[Sequence[Any]], Letter | None]


def _persons(row: Any) -> str:
    address: str = row.person.email
    return address


def send_due(
    rows: models.QuerySet[Any],
    *,
    at: datetime,
    most: int,
    write: Write,
    event: str,
    together: bool = False,
    address: Callable[[Any], str] = _persons,
    tries_most: int = TRIES_MOST,
    away: Callable[[Any], object] | None = None,
) -> int:
    """Send what is due, `most` rows a run; what fails is tried again later.

    With `together`, what is due to one person goes in one letter. A failure is logged as
    `event`. `address` says whither, `away` is told of each row that went. Gives how many did.
    """
    due = rows.filter(next_at__lte=at).order_by("next_at", "pk")
    bundles: dict[int, list[Any]] = {}
    for row in due[:most]:
        bundles.setdefault(row.person_id if together else row.pk, []).append(row)
    table, sent = rows.model._base_manager, 0
    for bundle in bundles.values():
        # Another worker may be at it: whoever moves the time sends.
        taken = [row for row in bundle if _take(table, row, at, tries_most)]
        if not taken:
            continue
        letter = write(taken)
        if letter is None:
            continue
        subject = f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{letter.subject}"
        mail = EmailMessage(subject, letter.text, None, [address(taken[0])])
        for file in letter.files:
            mail.attach(*file)
        try:
            mail.send()
        except Exception as problem:
            # The problem may quote the address: only its kind is logged.
            structlog.get_logger("youthvoice.letters").error(event, problem=type(problem).__name__)
            continue
        table.filter(pk__in=[row.pk for row in taken]).update(next_at=None)
        if away is not None:
            for row in taken:
                away(row)
        sent += len(taken)
    return sent


def _take(table: models.Manager[Any], row: Any, at: datetime, tries_most: int) -> bool:
    wait = min(_FIRST_WAIT * 2 ** min(row.tries, 10), _LONGEST_WAIT)
    again = at + wait if row.tries + 1 < tries_most else None
    seen = table.filter(pk=row.pk, next_at=row.next_at)
    return bool(seen.update(next_at=again, tries=row.tries + 1))


def link(path: str) -> str:
    """A link as it stands in a letter: with the house's public name where it has one."""
    names = [name for name in settings.ALLOWED_HOSTS if name[:1].isalpha()]
    public = [name for name in names if name != "localhost"]
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    return f"{scheme}://{public[0]}{path}" if public else path


def reach_out() -> bool:
    """Whether a mail leaves this machine, and a link in it leads back here from elsewhere."""
    is_sent = not settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend"))
    return is_sent and link("/").startswith("http")
