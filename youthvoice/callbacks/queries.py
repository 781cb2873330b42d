"""What askers are asked about, and what they said."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from youthvoice.callbacks.models import Callback
from youthvoice.cases.choices import State
from youthvoice.cases.models import Case
from youthvoice.cases.queries import checking
from youthvoice.gathering.models import Merge
from youthvoice.people.queries import hash_of
from youthvoice.questions.models import Question

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


def asks_now(case: Case | None) -> bool:
    """Its asker is asked what came of the answer, and hasn't said. From what was fetched."""
    if case is None:
        return False
    asked = [row for row in case.callbacks.all() if row.opened_at is not None]
    latest = max(asked, key=lambda row: (row.round, row.day), default=None)
    if latest is None or latest.solved is not None or case.state in (State.CLOSED, State.ASIDE):
        return False
    if latest.lead_id is None:
        return case.state != State.MERGED
    merge = getattr(case, "merge", None)
    return merge is not None and merge.lead_id == latest.lead_id


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


def asked_of_anothers() -> Iterator[checking.Fault]:
    """For `check-cases`."""
    hangs = Merge.objects.filter(case=OuterRef("case"), lead=OuterRef("lead"))
    to_ask = Callback.objects.filter(opened_at=None, lead__isnull=False).exclude(Exists(hangs))
    fault = "will be asked about the answer to one that it doesn't hang on"
    yield fault, Question.objects.filter(case__callbacks__in=to_ask).distinct()
