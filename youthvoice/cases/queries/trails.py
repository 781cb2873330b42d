"""What everybody reads of how a question is handled."""

from django.db.models import QuerySet

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
