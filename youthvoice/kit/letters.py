"""Letters that wait as rows of a table and are tried, ever more seldom, until they are away.

A row has `person`, `tries` and `next_at`: when it is tried next, null once it is away or given
up. It holds no words; they are made as it is sent.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import models

#: Tried after 30 s, 1 min, 2 min … at most an hour apart, so for about half a day.
TRIES_MOST = 18
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=1)

#: Subject and text of one letter about these rows, all of one person.
Write = Callable[[Sequence[Any]], tuple[str, str]]


def send_due(
    rows: models.QuerySet[Any],
    *,
    at: datetime,
    most: int,
    write: Write,
    event: str,
    together: bool = False,
) -> int:
    """Send what is due, `most` rows a run; what fails is tried again later.

    With `together`, what is due to one person goes in one letter. A failure is logged as
    `event`. Gives how many rows went away.
    """
    due = rows.filter(next_at__lte=at).select_related("person").order_by("next_at", "pk")
    bundles: dict[int, list[Any]] = {}
    for row in due[:most]:
        bundles.setdefault(row.person_id if together else row.pk, []).append(row)
    table, sent = rows.model._base_manager, 0
    for bundle in bundles.values():
        # Another worker may be at it: whoever moves the time sends.
        taken = [row for row in bundle if _take(table, row, at)]
        if not taken:
            continue
        subject, text = write(taken)
        subject = f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}"
        try:
            send_mail(subject, text, None, [taken[0].person.email])
        except Exception as problem:
            # The problem may quote the address: only its kind is logged.
            structlog.get_logger("youthvoice.letters").error(event, problem=type(problem).__name__)
            continue
        table.filter(pk__in=[row.pk for row in taken]).update(next_at=None)
        sent += len(taken)
    return sent


def _take(table: models.Manager[Any], row: Any, at: datetime) -> bool:
    wait = min(_FIRST_WAIT * 2 ** min(row.tries, 10), _LONGEST_WAIT)
    again = at + wait if row.tries + 1 < TRIES_MOST else None
    seen = table.filter(pk=row.pk, next_at=row.next_at)
    return bool(seen.update(next_at=again, tries=row.tries + 1))


def link(path: str) -> str:
    """A link as it stands in a letter: with the house's public name where it has one."""
    names = [name for name in settings.ALLOWED_HOSTS if name[:1].isalpha()]
    public = [name for name in names if name != "localhost"]
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    return f"{scheme}://{public[0]}{path}" if public else path
