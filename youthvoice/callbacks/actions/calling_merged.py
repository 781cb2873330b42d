"""Asking those whose question is handled with another what came of the answer to that one."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, OuterRef, QuerySet, Subquery

from youthvoice.callbacks.actions.calling_back import ASKED_IN
from youthvoice.callbacks.choices import MERGED, Day
from youthvoice.callbacks.models import Callback
from youthvoice.cases.actions import moving
from youthvoice.cases.choices import State
from youthvoice.gathering.actions import look_at_noted, note_asked
from youthvoice.gathering.models import Merge

#: As many as are merged at once, twice.
_AT_ONCE = 100


def plan_merged(*, at: datetime) -> int:
    """A pair for each question that hangs on an answered lead and has none of this answer.

    On the lead's own days, but never before as long after the merging. A step of the clock and
    not of the act that answers, for that would write at other questions beside the lead's lock.
    Gives how many.
    """
    return look_at_noted(
        MERGED, _unasked(), most=_AT_ONCE, work=lambda merges: _plan(merges, at=at)
    )


def _plan(merges: list[Merge], *, at: datetime) -> int:
    with transaction.atomic():
        moving.lock_all([merge.case for merge in merges])
        # Who was taken out meanwhile, or said that it is solved, isn't asked.
        merges = list(_unasked().filter(pk__in=[merge.pk for merge in merges]))
        cases = [merge.case_id for merge in merges]
        rows = Callback.objects.filter(case__in=cases)
        rows.filter(opened_at=None).delete()
        last = dict(rows.order_by().values_list("case").annotate(last=Max("round")))
        dues = _dues(merges)
        Callback.objects.bulk_create(
            Callback(
                case_id=merge.case_id,
                lead_id=merge.lead_id,
                round=last.get(merge.case_id, 0) + 1,
                day=day,
                due_at=due_at,
            )
            for merge in merges
            for day, due_at in _days(merge, dues, at=at).items()
        )
        note_asked({merge.pk: merge.newest for merge in merges})  # type: ignore[attr-defined]
    return len(merges)


def _unasked() -> QuerySet[Merge]:
    newest = Callback.objects.filter(case=OuterRef("lead")).order_by("-round").values("round")[:1]
    rows = Merge.objects.filter(case__state=State.MERGED, lead__state__in=ASKED_IN)
    rows = rows.annotate(newest=Subquery(newest)).filter(newest__gt=F("asked_round"))
    return rows.select_related("case")


def _dues(merges: list[Merge]) -> dict[tuple[int, int, int], datetime]:
    """When the askers of the leads are asked, by lead, round and day."""
    rows = Callback.objects.filter(case__in={merge.lead_id for merge in merges})
    return {(row.case_id, row.round, row.day): row.due_at for row in rows}


def _days(
    merge: Merge, dues: dict[tuple[int, int, int], datetime], *, at: datetime
) -> dict[int, datetime]:
    days = {}
    for day in Day:
        after = merge.at + timedelta(days=day)
        newest: int = merge.newest  # type: ignore[attr-defined]
        days[day.value] = max(after, dues.get((merge.lead_id, newest, day), after))
    if days[Day.NEXT] < at:
        # It hung on another, or was out of public view: its days begin now.
        return {day: max(due_at, at + timedelta(days=day)) for day, due_at in days.items()}
    return days
