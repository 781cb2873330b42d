"""Asking other bodies for their part: the holder stays, and the question never closes by it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.cases import policy
from youthvoice.cases.actions import moving
from youthvoice.cases.actions.moving import UnableToMove
from youthvoice.cases.choices import (
    LANE_AWAITED,
    LANE_OF,
    Clock,
    Grade,
    HopKind,
    HopState,
    LaneState,
    State,
    StepKind,
)
from youthvoice.cases.models import Case, Hop, Lane
from youthvoice.cases.queries import deadlines, told_as_answered
from youthvoice.journal.actions import record
from youthvoice.journal.models import SAID
from youthvoice.kit.numbers import next_number
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User

#: As many bodies are summoned at once at most.
SUMMONED_MOST = 8


def refer(
    *, case: Case, to: Sequence[Organisation], reason: str, grade: Grade, by: User, at: datetime
) -> list[Hop]:
    """Ask one body, or several at once, each with its own lane and clock.

    They sign within SIGN_HOURS working hours and are done after REFERRAL_DAYS working days,
    by grade. `case` is as the person saw it. Raises UnableToMove, and SomebodyWasFirst when
    the case has moved meanwhile.
    """
    if not policy.may_refer(by, case):
        raise UnableToMove(_("这件事现在不能由你转办。"))
    bodies = list(dict.fromkeys(to))
    if not 1 <= len(bodies) <= SUMMONED_MOST:
        raise UnableToMove(_("一次请 1 到 %d 个单位。") % SUMMONED_MOST)
    for body in bodies:
        if not body.is_active or body.pk == case.holder_id:
            raise UnableToMove(_("不能转办给 %s。") % body.short_name)
    with transaction.atomic():
        moving.lock(case)
        moving.must_move(case, State.REFERRED, at=at)
        kind = HopKind.REFERRAL if len(bodies) == 1 else HopKind.SUMMONS
        hops = [_ask(case, body, kind, reason, grade, by=by, at=at) for body in bodies]
        watch(case, at=at)
        record(
            "case.referred",
            subject=case,
            actor=by,
            at=at,
            data={
                "question": case.question_id,
                "to": [b.pk for b in bodies],
                "grade": str(grade),
                SAID: [hop.commitment() for hop in hops],
            },
        )
    return hops


def _ask(
    case: Case,
    body: Organisation,
    kind: HopKind,
    reason: str,
    grade: Grade,
    *,
    by: User,
    at: datetime,
) -> Hop:
    sign_due_at = deadlines.sign_due(at)
    due_at = max(deadlines.referral_due(at, grade), sign_due_at)
    sign_is_estimated = deadlines.is_estimated(sign_due_at, at=at)
    kind_of_help = LANE_OF[body.kind]
    lane = case.lanes.filter(kind=kind_of_help, holder=body, is_own=False).first()
    if lane is None:
        # The question's row is locked: nobody else opens one meanwhile.
        lane = Lane.objects.create(
            case=case,
            kind=kind_of_help,
            holder=body,
            since=at,
            clock=Clock.SIGN,
            due_at=sign_due_at,
            is_estimated=sign_is_estimated,
            escalate_at=deadlines.tells_at(sign_due_at, 0),
            moved_by=by,
            moved_at=at,
        )
        moving.note_open_kinds(lane)
    else:
        is_free = lane.state not in LANE_AWAITED
        if not is_free or not moving.move_lane(lane, LaneState.ASKED, at=at, by=by, person=None):
            raise UnableToMove(_("%s 已经在办了。") % body.short_name)
        moving.start_clock(lane, Clock.SIGN, sign_due_at, at=at)
    moving.step(case, StepKind.REFERRED, at=at, organisation=body, note=reason)
    return Hop.objects.create(
        pk=next_number(Hop),
        lane=lane,
        kind=kind,
        sender=case.holder,
        receiver=body,
        reason=reason,
        grade=grade,
        made_by=by,
        made_at=at,
        sign_due_at=sign_due_at,
        sign_is_estimated=sign_is_estimated,
        due_at=due_at,
        is_estimated=deadlines.is_estimated(due_at, at=at),
    )


def watch(case: Case, *, at: datetime) -> None:
    """The holder looks after what it has asked of others until the last of it is due."""
    question = case.question
    open_hops = Hop.objects.filter(
        lane__case=case, lane__is_own=False, state__in=[HopState.OPEN, HopState.SIGNED]
    )
    dues = [at, *open_hops.values_list("due_at", flat=True)]
    due_at = deadlines.next_step_due(max(dues), field=question.field, kind=question.kind)
    moving.start_clock(moving.own_lane(case), Clock.NEXT_STEP, due_at, at=at)


def sign(*, hop: Hop, at: datetime) -> None:
    """A body without accounts signs for what it was asked, by its letter's link and code.

    Whoever calls has checked the code. Members sign by `claim`. Raises SomebodyWasFirst.
    """
    lane = hop.lane
    with transaction.atomic():
        moving.lock(lane.case)
        if not moving.move_hop(hop, HopState.SIGNED, at=at, signed_at=at):
            raise moving.first_words(lane.case)
        moving.move_lane(lane, LaneState.MOVING, at=at)
        moving.start_done(lane, hop, at=at)
        moving.step(lane.case, StepKind.SIGNED, at=at, organisation=lane.holder)
        record("case.signed", subject=hop, actor=None, at=at, data=_data(lane))


def return_lane(*, hop: Hop, reason: str, by: User | None, at: datetime) -> None:
    """A body gives back what it was asked, and says why; the holder has it again.

    `by` is None for a body without accounts: whoever calls has checked the code. Raises
    UnableToMove, and SomebodyWasFirst when it has moved meanwhile.
    """
    lane = hop.lane
    if lane.is_own or (by is not None and not policy.may_work_on(by, lane)):
        raise UnableToMove(_("这件事不能由你退回。"))
    with transaction.atomic():
        moving.lock(lane.case)
        if not moving.move_hop(hop, HopState.RETURNED, at=at, return_reason=reason):
            raise moving.first_words(lane.case)
        _end(lane, LaneState.RETURNED, by=by, at=at)
        moving.step(lane.case, StepKind.RETURNED, at=at, organisation=lane.holder, note=reason)
        data = _data(lane) | {SAID: hop.commitment("return_reason")}
        record("case.returned", subject=hop, actor=by, at=at, data=data)


def withdraw(*, hop: Hop, by: User, at: datetime) -> None:
    """The holder asks no longer. Raises UnableToMove, and SomebodyWasFirst."""
    lane = hop.lane
    if not policy.may_withdraw(by, hop):
        raise UnableToMove(_("这件事不能由你收回。"))
    with transaction.atomic():
        moving.lock(lane.case)
        if not moving.move_hop(hop, HopState.WITHDRAWN, at=at):
            raise moving.first_words(lane.case)
        _end(lane, LaneState.ENDED, by=by, at=at)
        moving.step(lane.case, StepKind.WITHDRAWN, at=at, organisation=lane.holder)
        record("case.withdrawn", subject=hop, actor=by, at=at, data=_data(lane))


def _end(lane: Lane, to: LaneState, *, by: User | None, at: datetime) -> None:
    """Nothing comes from this lane: where it was the last, the holder is at it again."""
    moving.move_lane(lane, to, at=at, by=by)
    moving.stop_clock(lane, at=at)
    case = lane.case
    case.refresh_from_db()
    if case.state != State.REFERRED:
        return
    if moving.has_others_at_it(case):
        watch(case, at=at)
        return
    own, question = moving.own_lane(case), case.question
    # Who has had no answer yet has waited all the while, whoever was asked in vain.
    had_answer = told_as_answered(case, since=case.waiting_since)
    since = {"waiting_since": at} if had_answer else {}
    moving.move(case, State.HELD if own.person_id else State.RECEIVED, at=at, **since)
    due_at = deadlines.next_step_due(at, field=question.field, kind=question.kind)
    moving.start_clock(moving.own_lane(case), Clock.NEXT_STEP, due_at, at=at)


def _data(lane: Lane) -> dict[str, int]:
    return {"question": lane.case.question_id, "holder": lane.holder_id}
