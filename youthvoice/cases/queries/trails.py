"""What everybody reads of how a question is handled."""

from datetime import datetime

from django.db.models import QuerySet

from youthvoice.cases.choices import StepKind
from youthvoice.cases.models import Case, Step
from youthvoice.readymade.prepared import prepared

#: The public trail shows its latest so many lines.
STEPS_SHOWN = 50


def trail_of(case: Case) -> list[Step]:
    return _latest(case=case.pk)[::-1]


@prepared("case")
def _latest(case: int) -> QuerySet[Step]:
    rows = Step.objects.filter(case_id=case).select_related("organisation")
    return rows.order_by("-at", "-pk")[:STEPS_SHOWN]


def told_as_answered(case: Case, *, since: datetime | None = None) -> dict[int | None, Step]:
    """Of which bodies the trail says that they answered, and not that this is gone: each with
    the line that says it; None stands for peers. One query."""
    lines = _told(case=case.pk) if since is None else _told(case=case.pk, since=since)
    found: dict[int | None, Step] = {}
    for line in lines:
        if line.kind == StepKind.ANSWERED:
            found[line.organisation_id] = line
        else:
            found.pop(line.organisation_id, None)
    return found


@prepared("case", "since")
def _told(case: int, since: datetime | None = None) -> QuerySet[Step]:
    rows = Step.objects.filter(case_id=case, kind__in=[StepKind.ANSWERED, StepKind.UNANSWERED])
    if since is not None:
        rows = rows.filter(at__gte=since)
    return rows.select_related("organisation").order_by("at", "pk")
