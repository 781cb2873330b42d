"""A question's case comes into being with it."""

from datetime import datetime

from django.db import transaction

from youthvoice.cases import queries
from youthvoice.cases.choices import Clock, LaneKind, LaneState, State, StepKind
from youthvoice.cases.models import Case, Lane, Step
from youthvoice.cases.queries import deadlines
from youthvoice.journal.actions import record
from youthvoice.questions.models import Question
from youthvoice.readymade.writing import insert


def open_case(*, question: Question, at: datetime) -> Case:
    """Give a question its holder and its clock.

    An imported one is held by the table too, but nobody waits: its clock has stood since it
    came.
    """
    holder = queries.holder_for(
        region_code=question.region_id, field=question.field, kind=question.kind
    )
    asked_at = question.asked_at
    due_at = deadlines.first_reply_due(asked_at, field=question.field, kind=question.kind)
    is_here = not question.is_imported
    is_estimated = is_here and deadlines.is_estimated(due_at, at=asked_at)
    # Always within the transaction of asking, which fails as a whole: no savepoint needed.
    with transaction.atomic(savepoint=False):
        case = Case(
            question=question,
            holder=holder,
            state=State.RECEIVED if is_here else State.CLOSED,
            held_at=at,
            waiting_since=asked_at,
            first_due_at=due_at,
            first_is_estimated=is_estimated,
        )
        insert(case)
        lane = Lane(
            case=case,
            kind=LaneKind.LEAGUE,
            is_own=True,
            holder=holder,
            state=LaneState.ASKED if is_here else LaneState.ENDED,
            since=asked_at,
            clock=Clock.FIRST_REPLY,
            due_at=due_at,
            is_estimated=is_estimated,
            stopped_at=None if is_here else at,
            escalate_at=deadlines.tells_at(due_at, 0) if is_here else None,
            moved_at=at,
        )
        insert(lane)
        insert(Step(case=case, kind=StepKind.ASKED, at=asked_at))
        if is_here:
            insert(Step(case=case, kind=StepKind.HELD, at=at, organisation=holder))
            record(
                "case.held",
                subject=case,
                actor=None,
                at=at,
                data={"question": question.pk, "holder": holder.pk},
            )
    return case
