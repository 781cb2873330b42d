"""What askers are asked about, and what they said."""

from datetime import datetime, timedelta

from youthvoice.cases.choices import OFF_DESK
from youthvoice.cases.models import Callback, Case
from youthvoice.people.queries import hash_of

#: How long after it was opened somebody may still say it.
OPEN_FOR = timedelta(days=60)
#: What is missing, shown to the holder's members: the latest so many.
MISSING_SHOWN = 5


def current(case: Case, *, at: datetime) -> Callback | None:
    """What the asker is asked now: the latest that was opened. One query."""
    if case.state in OFF_DESK:
        return None
    opened = case.callbacks.filter(opened_at__isnull=False)
    latest = opened.order_by("-round", "-day").first()
    if latest is None or latest.opened_at is None or latest.opened_at <= at - OPEN_FOR:
        return None
    return latest


def by_token(token: str) -> Callback | None:
    """What a letter's link is about; wrong ones and those of erased words are told alike."""
    rows = Callback.objects.select_related("case__question__region", "case__holder")
    rows = rows.filter(case__question__deleted_at=None)
    return rows.filter(token_digest=hash_of(token)).first()


def missing_words(case: Case) -> list[Callback]:
    """What its asker misses, for the holder's members. One query."""
    return list(case.callbacks.exclude(missing="").order_by("-round", "-day")[:MISSING_SHOWN])
