"""What everybody reads of how a question is handled."""

from youthvoice.cases.models import Case, Step

#: The public trail shows its latest so many lines.
STEPS_SHOWN = 50


def trail_of(case: Case) -> list[Step]:
    latest = case.steps.select_related("organisation").order_by("-at", "-pk")[:STEPS_SHOWN]
    return list(latest)[::-1]
