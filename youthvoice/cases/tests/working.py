"""What tests of cases share."""

from datetime import timedelta

from tests.factories import member
from youthvoice.cases import actions
from youthvoice.cases.choices import Grade
from youthvoice.cases.models import Case, Lane

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def case_of(question):
    return Case.objects.select_related("question", "holder").get(question=question)


def own(question):
    return Lane.objects.select_related("case__question", "holder").get(
        case__question=question, is_own=True
    )


def lane_of(question, body):
    return Lane.objects.select_related("case__question", "holder").get(
        case__question=question, holder=body, is_own=False
    )


def refer(question, *bodies, at, by=None, reason="请按职责回复。", grade=Grade.ORDINARY):
    case = case_of(question)
    return actions.refer(
        case=case, to=bodies, reason=reason, grade=grade, by=by or member(case.holder), at=at
    )


def transfer(question, to, *, at, by=None, reason="是他们那里的事。"):
    case = case_of(question)
    return actions.transfer(case=case, to=to, reason=reason, by=by or member(case.holder), at=at)


def claim(question, *, at, by=None):
    lane = own(question)
    return actions.claim(lane=lane, by=by or member(lane.holder), at=at)


def words(question):
    """The public trail, as everybody reads it."""
    return [step.words for step in case_of(question).steps.order_by("at", "pk")]
