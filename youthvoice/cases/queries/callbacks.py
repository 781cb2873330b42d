"""What askers are asked about, and what they said."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from youthvoice.cases.choices import State
from youthvoice.cases.models import Callback, Case, Merge
from youthvoice.people.queries import hash_of

#: How long after it was opened somebody may still say it.
OPEN_FOR = timedelta(days=60)
#: What is missing, shown to the holder's members: the latest so many.
MISSING_SHOWN = 5


def current(case: Case, *, at: datetime) -> Callback | None:
    """What the asker is asked now: the latest that was opened. One query.

    A merged question is asked about its lead's answer alone; of that nothing more is asked once
    it is handled by itself again, unless its asker has begun to say it.
    """
    if case.state in (State.CLOSED, State.ASIDE):
        return None
    hangs = Merge.objects.filter(case=OuterRef("case"), lead=OuterRef("lead"))
    opened = case.callbacks.filter(opened_at__isnull=False).annotate(hangs=Exists(hangs))
    latest = opened.select_related("lead__question").order_by("-round", "-day").first()
    if latest is None or latest.opened_at is None or latest.opened_at <= at - OPEN_FOR:
        return None
    if latest.lead_id is None:
        return latest if case.state != State.MERGED else None
    return latest if latest.hangs or latest.solved is not None else None


def by_token(token: str) -> Callback | None:
    """What a letter's link is about; wrong ones and those of erased words are told alike."""
    rows = Callback.objects.select_related(
        "case__question__region", "case__holder", "lead__question"
    )
    rows = rows.filter(case__question__deleted_at=None)
    return rows.filter(token_digest=hash_of(token)).first()


def missing_words(case: Case) -> list[Callback]:
    """What its asker misses, for the holder's members; and of its answer the askers of those
    that were handled with it. One query."""
    rows = Callback.objects.filter(Q(case=case) | Q(lead=case)).exclude(missing="")
    return list(rows.select_related("case").order_by("-opened_at", "-pk")[:MISSING_SHOWN])
