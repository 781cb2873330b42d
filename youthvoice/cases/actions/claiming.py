"""Who of a body's people has it in hand."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.cases import policy
from youthvoice.cases.actions import moving
from youthvoice.cases.actions.moving import UnableToMove
from youthvoice.cases.choices import HopState, LaneState, State, StepKind
from youthvoice.cases.models import Lane
from youthvoice.journal.actions import record
from youthvoice.people.models import User

#: What the case becomes held from.
_FREE = {State.RECEIVED, State.UNSOLVED, State.REOPENED}


def claim(*, lane: Lane, by: User, at: datetime) -> Lane:
    """Take a lane of one's own body in hand; of two who do, one has it. Twice is once.

    Raises UnableToMove, and SomebodyWasFirst when a colleague has it or it has moved on.
    """
    if not policy.may_work_on(by, lane):
        raise UnableToMove(_("这件事不在你所在的组织手里。"))
    case = lane.case
    with transaction.atomic():
        moving.lock(case)
        if lane.person_id == by.pk and lane.state == LaneState.MOVING:
            return lane
        if lane.state != LaneState.ASKED or not moving.move_lane(
            lane, LaneState.MOVING, at=at, by=by, person=by
        ):
            raise moving.first_words(case)
        hop = moving.open_hop(lane)
        if hop is not None and hop.state == HopState.OPEN:
            moving.move_hop(hop, HopState.SIGNED, at=at, signed_at=at)
        if lane.is_own:
            case.refresh_from_db()
            if State(case.state) in _FREE:
                moving.move(case, State.HELD, at=at)
        elif hop is not None:
            moving.start_done(lane, hop, at=at)
        kind = StepKind.CLAIMED if lane.is_own else StepKind.SIGNED
        moving.step(case, kind, at=at, organisation=lane.holder)
        record(
            "case.claimed",
            subject=lane,
            actor=by,
            at=at,
            data={"question": case.question_id, "holder": lane.holder_id},
        )
    lane.refresh_from_db()
    return lane


def release(*, lane: Lane, by: User, at: datetime) -> Lane:
    """Put it down for a colleague; the clock runs on. Raises UnableToMove."""
    if not policy.may_work_on(by, lane):
        raise UnableToMove(_("这件事不在你所在的组织手里。"))
    if lane.person_id is None or lane.state != LaneState.MOVING:
        raise UnableToMove(_("这件事现在没有人在办。"))
    case = lane.case
    with transaction.atomic():
        moving.lock(case)
        if not moving.move_lane(lane, LaneState.ASKED, at=at, by=by, person=None):
            raise moving.first_words(case)
        case.refresh_from_db()
        if lane.is_own and case.state == State.HELD:
            moving.move(case, State.RECEIVED, at=at)
        moving.step(case, StepKind.RELEASED, at=at, organisation=lane.holder)
        record(
            "case.released",
            subject=lane,
            actor=by,
            at=at,
            data={"question": case.question_id, "holder": lane.holder_id},
        )
    lane.refresh_from_db()
    return lane
