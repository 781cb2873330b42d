"""What follows for a case from what happens to its question.

Called by receivers, within the transaction of the act: its rows are locked already.
"""

from datetime import datetime

from django.db.models import QuerySet
from django.dispatch import Signal

from youthvoice.cases.actions import first_reply, moving, taking_back
from youthvoice.cases.actions.referring import watch
from youthvoice.cases.actions.taking_back import ENDED_BY_ANSWER
from youthvoice.cases.choices import (
    LANE_OF,
    LANE_OPEN,
    Clock,
    HopState,
    LaneKind,
    LaneState,
    State,
    StepKind,
)
from youthvoice.cases.models import Case, Lane
from youthvoice.cases.queries import deadlines, lanes_with_holders, told_as_answered
from youthvoice.questions.choices import AnswerKind, Outcome
from youthvoice.questions.models import Answer, Question
from youthvoice.readymade.prepared import prepared
from youthvoice.readymade.writing import insert

#: Sent within the act's transaction when an asker says whether it is solved, before anything
#: follows from it: `case` as it was, `outcome` and `at`. What is asked of a merged question is
#: its lead's answer, so whoever notes it must do so while it still hangs there.
outcome_said = Signal()


def note_answer(*, answer: Answer, at: datetime) -> None:
    """An answer ends the waiting of the lane that it comes by; the first of each body is told.

    When the asker has opened the question again, the first since then.
    """
    case = _case_of(answer.question_id)
    if case is None:
        return
    first_reply.note_reply(case, answer)
    _end_wait(case, answer, at=at)
    _tell_answer(case, answer, at=at)


def note_gone(*, question: Question, at: datetime) -> None:
    """Answers have gone: what each had ended begins again, as if it had never stopped."""
    first_reply.note_replies(question=question)
    case = _case_of(question.pk)
    if case is not None:
        taking_back.give_back(case, at=at)


def note_shown(*, answer: Answer, at: datetime) -> None:
    """An answer is seen again: it ends what it had ended, unless more was asked since.

    Where the trail had said that it is gone, it says that it is there.
    """
    first_reply.note_replies(question=answer.question)
    case = _case_of(answer.question_id)
    if case is None:
        return
    if answer.organisation_id not in told_as_answered(case):
        who = answer.organisation
        moving.step(case, StepKind.ANSWERED, at=at, organisation=who, answer_kind=answer.kind)
    lane = taking_back.lane_of(list(case.lanes.select_related("holder")), answer)
    asked_at = [lane.since] if lane is not None else []
    if answer.question.outcome_at is not None:
        asked_at.append(answer.question.outcome_at)
    if all(moment <= answer.created_at for moment in asked_at):
        _end_wait(case, answer, at=at)


def _end_wait(case: Case, answer: Answer, *, at: datetime) -> None:
    lane, is_new = _lane_of(case, answer, at=at)
    if lane is None:
        return
    kept = taking_back.before(case, lane)
    if not lane.is_own and not is_new:
        moving.move_lane(lane, LaneState.ANSWERED, at=at, by=answer.author)
        # Read, or read again, behind the question's lock: what stands here stands.
        if lane.stopped_at is None:
            moving.stop_clock(lane, at=at)
        moving.end_hop(lane, HopState.ANSWERED, at=at)
    if lane.kind != LaneKind.PEER:
        _after_reply(case, lane, at=at)
    if kept is not None:
        taking_back.keep(lane, kept)


def _lane_of(case: Case, answer: Answer, *, at: datetime) -> tuple[Lane | None, bool]:
    """The lane that an answer belongs to, and whether it is new: one that nobody asked for is
    opened by it, and has been answered then.

    Any office of the League answers for its holder.
    """
    lane = taking_back.lane_of(lanes_with_holders(case), answer)
    if lane is not None:
        return lane, False
    organisation = answer.organisation
    if organisation is not None:
        kind = LANE_OF[organisation.kind]
    elif answer.kind == AnswerKind.PEER:
        kind, organisation = LaneKind.PEER, case.holder
    else:
        return None, False
    # Its question's row is locked: nobody else opens one meanwhile.
    lane = Lane(
        case=case,
        kind=kind,
        holder=organisation,
        state=LaneState.ANSWERED,
        since=at,
        clock=Clock.DONE,
        due_at=at,
        stopped_at=at,
        moved_by=answer.author,
        moved_at=at,
    )
    return insert(lane), True


def _after_reply(case: Case, lane: Lane, *, at: datetime) -> None:
    """Where the case stands once a body has answered by `lane`: others may still be at it."""
    if lane.is_own:
        moving.end_hop(lane, HopState.ANSWERED, at=at)
        if State(case.state) in ENDED_BY_ANSWER:
            others = moving.has_others_at_it(case)
            moving.move(case, State.REFERRED if others else State.ANSWERED, at=at)
            if others:
                watch(case, at=at)
        elif case.state == State.ASIDE:
            Case.objects.filter(pk=case.pk, state_before__in=ENDED_BY_ANSWER).update(
                state_before=State.ANSWERED
            )
    elif case.state == State.REFERRED and not moving.has_others_at_it(case):
        # Whoever was asked has spoken: the asker has the word.
        moving.move(case, State.ANSWERED, at=at)


def _tell_answer(case: Case, answer: Answer, *, at: datetime) -> None:
    if answer.organisation_id in told_as_answered(case, since=case.waiting_since):
        return
    who = answer.organisation
    moving.step(case, StepKind.ANSWERED, at=at, organisation=who, answer_kind=answer.kind)


def note_outcome(*, question: Question, outcome: str, at: datetime) -> None:
    """What the asker says moves the case: not solved and reopened mean waiting again."""
    case = _case_of(question.pk)
    if case is None:
        return
    kind, to = {
        Outcome.SOLVED: (StepKind.SOLVED, State.SOLVED),
        Outcome.UNSOLVED: (StepKind.UNSOLVED, State.UNSOLVED),
        Outcome.OPEN: (StepKind.REOPENED, State.REOPENED),
    }[Outcome(outcome)]
    outcome_said.send(sender=Case, case=case, outcome=Outcome(outcome), at=at)
    moving.step(case, kind, at=at)
    if case.state == State.ASIDE:
        # It goes where this says once it is taken up again.
        changes = {} if to == State.SOLVED else {"waiting_since": at}
        Case.objects.filter(pk=case.pk).update(state_before=to, **changes)
    elif to == State.SOLVED:
        if moving.move(case, to, at=at):
            moving.call_off(case, at=at)
    elif moving.move(case, to, at=at, waiting_since=at):
        due_at = deadlines.next_step_due(at, field=question.field, kind=question.kind)
        moving.start_clock(moving.own_lane(case), Clock.NEXT_STEP, due_at, at=at)


def note_deleted(*, question: Question, at: datetime) -> None:
    case = _case_of(question.pk)
    if case is not None and moving.move(case, State.CLOSED, at=at):
        moving.call_off(case, at=at)
        moving.step(case, StepKind.DELETED, at=at)


def put_aside(*, question: Question, at: datetime, told: bool) -> None:
    """Off every desk, all clocks standing; `told` says so in the public trail."""
    case = _case_of(question.pk)
    if case is None:
        return
    before = case.state
    if moving.move(case, State.ASIDE, at=at, state_before=before):
        for lane in case.lanes.filter(stopped_at=None):
            moving.stop_clock(lane, at=at)
        if told:
            moving.step(case, StepKind.HIDDEN, at=at)


def take_up_again(*, question: Question, at: datetime, told: bool) -> None:
    """Back to where it was, or to where its asker has said meanwhile; its clocks ran on."""
    case = _case_of(question.pk)
    if case is None or question.withheld_at is not None or question.deleted_at is not None:
        return
    back = State(case.state_before or State.RECEIVED)
    if not moving.move(case, back, at=at, state_before=""):
        return
    for lane in case.lanes.filter(state__in=LANE_OPEN):
        moving.resume_clock(lane, at=at, late=True)
    if told:
        moving.step(case, StepKind.SHOWN, at=at)


def _case_of(question_id: int) -> Case | None:
    found: Case | None = _of_question.first(question=question_id)
    return found


@prepared("question")
def _of_question(question: int) -> QuerySet[Case]:
    return Case.objects.select_related("question", "holder").filter(question=question)
