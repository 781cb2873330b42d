"""How far each body is with its part, as everybody reads it."""

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from youthvoice.cases.choices import HopState
from youthvoice.cases.models import Case, Hop, Lane
from youthvoice.questions.models import Answer
from youthvoice.readymade.prepared import prepared

#: A page shows the latest so many bodies of a case.
LANES_SHOWN = 60


def lanes_of(case: Case) -> list[Lane]:
    """The lanes of a case, the own one first, then as they were last moved. One query.

    Each with `has_answered`, whether an answer of its body still stands, and
    `returned_because`, why it gave its part back the last time, or None.
    """
    lanes = _lanes(case=case.pk, question=case.question_id)
    for lane in lanes:
        lane.case = case
    return lanes


def lanes_with_holders(case: Case) -> list[Lane]:
    """All lanes of a case, with whose they are. One query."""
    lanes: list[Lane] = _with_holders(case=case.pk)
    for lane in lanes:
        lane.case = case
    return lanes


@prepared("case")
def _with_holders(case: int) -> QuerySet[Lane]:
    return Lane.objects.filter(case_id=case).select_related("holder")


@prepared("case", "question")
def _lanes(case: int, question: int) -> QuerySet[Lane]:
    answers = Answer.objects.filter(
        question_id=question, organisation=OuterRef("holder"), deleted_at=None
    )
    returned = Hop.objects.filter(lane=OuterRef("pk"), state=HopState.RETURNED)
    rows = (
        Lane.objects.filter(case_id=case)
        .select_related("holder")
        .annotate(
            has_answered=Exists(answers),
            returned_because=Subquery(returned.order_by("-pk").values("return_reason")[:1]),
        )
    )
    return rows.order_by(F("is_own").desc(), "-moved_at", "-pk")[:LANES_SHOWN]
