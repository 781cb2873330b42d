"""A whole question goes to another office of the League, and back."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from youthvoice.cases import policy
from youthvoice.cases.actions import moving
from youthvoice.cases.actions.moving import UnableToMove
from youthvoice.cases.choices import (
    LANE_OF,
    HopKind,
    HopState,
    LaneKind,
    LaneState,
    State,
    StepKind,
)
from youthvoice.cases.models import Case, Hop, Lane
from youthvoice.cases.queries import deadlines
from youthvoice.journal.actions import record
from youthvoice.journal.models import SAID
from youthvoice.kit.numbers import next_number
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User


def transfer(*, case: Case, to: Organisation, reason: str, by: User | None, at: datetime) -> Hop:
    """Make another office of the League the holder; it has at least the time to sign for it.

    `case` is as the person saw it. `by` is None where an operator has allowed the house to
    do it alone. Raises UnableToMove, and SomebodyWasFirst when the case has moved meanwhile.
    """
    if by is not None and not policy.may_transfer(by, case):
        raise UnableToMove(_("这件事现在不能由你移交。"))
    if to.pk == case.holder_id:
        raise UnableToMove(_("它已经在这个组织手里了。"))
    if not to.is_active or LANE_OF[to.kind] != LaneKind.LEAGUE:
        raise UnableToMove(_("整件事只能移交给团组织；请别的部门来办，用“转办”。"))
    with transaction.atomic():
        moving.lock(case)
        sign_due_at = deadlines.sign_due(at)
        sender = case.holder
        lane = _hand_over(case, to, by=by, at=at)
        moving.end_hop(lane, HopState.PASSED, at=at)
        hop = Hop.objects.create(
            pk=next_number(Hop),
            lane=lane,
            kind=HopKind.TRANSFER,
            sender=sender,
            receiver=to,
            reason=reason,
            made_by=by,
            made_at=at,
            sign_due_at=sign_due_at,
            sign_is_estimated=deadlines.is_estimated(sign_due_at, at=at),
            due_at=lane.due_at,
            is_estimated=lane.is_estimated,
        )
        moving.step(case, StepKind.HELD, at=at, organisation=to, note=reason)
        record(
            "case.transferred",
            subject=case,
            actor=by,
            at=at,
            data={
                "question": case.question_id,
                "from": sender.pk,
                "to": to.pk,
                SAID: hop.commitment(),
            },
        )
    return hop


def give_back(*, case: Case, reason: str, by: User, at: datetime) -> Hop:
    """Give a question back to the office that transferred it, and say why.

    Raises UnableToMove, and SomebodyWasFirst when the case has moved meanwhile.
    """
    if not policy.may_give_back(by, case):
        raise UnableToMove(_("这件事现在不能由你退回。"))
    with transaction.atomic():
        moving.lock(case)
        hop = moving.open_hop(moving.own_lane(case))
        if hop is None or hop.kind != HopKind.TRANSFER or not hop.sender.is_active:
            raise UnableToMove(_("这件事不是别人移交来的，请移交给该办的组织。"))
        receiver = case.holder
        _hand_over(case, hop.sender, by=by, at=at)
        moving.move_hop(hop, HopState.RETURNED, at=at, return_reason=reason)
        moving.step(case, StepKind.RETURNED, at=at, organisation=receiver, note=reason)
        record(
            "case.given_back",
            subject=case,
            actor=by,
            at=at,
            data={
                "question": case.question_id,
                "from": receiver.pk,
                "to": hop.sender_id,
                SAID: hop.commitment("return_reason"),
            },
        )
    return hop


def _hand_over(case: Case, to: Organisation, *, by: User | None, at: datetime) -> Lane:
    """The own lane goes to another office, in nobody's hand; its clock is no excuse to wait."""
    moving.must_move(case, State.RECEIVED, at=at, holder=to, held_at=at)
    lane = moving.own_lane(case)
    due_at = max(lane.due_at, deadlines.sign_due(at))
    Lane.objects.filter(pk=lane.pk).update(
        holder=to,
        person=None,
        state=LaneState.ASKED,
        due_at=due_at,
        is_estimated=deadlines.is_estimated(due_at, at=at),
        round=F("round") + 1,
        rung=0,
        escalate_at=deadlines.tells_at(due_at, 0),
        moved_by=by,
        moved_at=at,
    )
    lane.refresh_from_db()
    return lane
