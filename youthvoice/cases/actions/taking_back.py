"""An answer that goes, whichever way, gives back the waiting that it ended.

What a lane was before an answer ended its wait is kept beside it (`Lane.before_answer`) until a
new clock starts. When the last answer of that body since it was asked is taken back, hidden or
erased, lane, case and referral are again what they were, and the clock is as if it had never
stopped. A promise that stands on the answer is no reason to wait longer; it stays in public and
is watched again with the next answer.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.db.models import F

from youthvoice.cases.actions import moving
from youthvoice.cases.actions.referring import watch
from youthvoice.cases.choices import (
    LANE_AWAITED,
    LANE_OF,
    LANE_OPEN,
    Clock,
    LaneKind,
    LaneState,
    State,
    StepKind,
)
from youthvoice.cases.models import Case, Hop, Lane
from youthvoice.cases.queries import deadlines, told_as_answered
from youthvoice.questions.choices import AnswerKind
from youthvoice.questions.models import Answer
from youthvoice.readymade.writing import change

Kept = dict[str, Any]
#: What the holder's answer ends.
ENDED_BY_ANSWER = (State.RECEIVED, State.HELD, State.ASKING, State.UNSOLVED, State.REOPENED)
#: What it leaves a case in: from any other somebody has moved it on since.
_OVER = (State.ANSWERED, State.REFERRED, State.PROMISED)


def lane_of(lanes: Iterable[Lane], answer: Answer) -> Lane | None:
    """Which of a case's lanes an answer comes by; None where nobody asked for it.

    Any office of the League answers for the holder.
    """
    mine = [lane for lane in lanes if lane.holder_id == answer.organisation_id]
    own = next((lane for lane in lanes if lane.is_own), None)
    if answer.organisation is not None:
        bodies = sorted((n for n in mine if n.kind != LaneKind.PEER), key=lambda n: n.is_own)
        is_league = LANE_OF[answer.organisation.kind] == LaneKind.LEAGUE
        return bodies[0] if bodies else own if is_league else None
    if answer.kind == AnswerKind.PEER and own is not None:
        peers = (n for n in lanes if n.kind == LaneKind.PEER and n.holder_id == own.holder_id)
        return next(peers, None)
    return None


def before(case: Case, lane: Lane) -> Kept | None:
    """What an answer is about to end; None where nobody waits for one by this lane."""
    if lane.state not in LANE_AWAITED or (lane.is_own and case.standing not in ENDED_BY_ANSWER):
        return None
    hop = moving.open_hop(lane)
    return {
        "case": case.standing,
        "lane": lane.state,
        "in_hand": lane.person_id is not None,
        "clock": lane.clock,
        "since": lane.since.isoformat(),
        "due_at": lane.due_at.isoformat(),
        "is_estimated": lane.is_estimated,
        "left_seconds": lane.left_seconds,
        "hop": None if hop is None else [hop.pk, hop.state],
    }


def keep(lane: Lane, kept: Kept, *, by: Answer | None = None) -> None:
    """`by` is the answer under which a promise has ended it; else it is one given after that."""
    if by is not None:
        kept = {**kept, "answers_from": by.created_at.isoformat()}
    change(lane, before_answer=kept)


def give_back(case: Case, *, at: datetime) -> None:
    """Look after all that answers have ended or are told to have said, once one is gone."""
    _restore_lanes(case, at=at)
    _forget_peers(case)
    _tell_gone(case, at=at)


def _forget_peers(case: Case) -> None:
    """Of peers whom nobody had asked nothing is left but what they answered."""
    lanes = case.lanes.filter(kind=LaneKind.PEER, before_answer__isnull=True, hops=None)
    # One that nobody asked for was opened by an answer, which it waited for no moment.
    opened = lanes.filter(state=LaneState.ANSWERED, clock=Clock.DONE, due_at=F("since"))
    standing = Answer.objects.filter(question=case.question_id, deleted_at=None)
    if not standing.filter(kind=AnswerKind.PEER).exists():
        opened.delete()


def _tell_gone(case: Case, *, at: datetime) -> None:
    """Of whom the trail says that they answered, and nothing of it stands any more."""
    told = told_as_answered(case)
    rows = Answer.objects.filter(question=case.question_id, deleted_at=None)
    standing = set(rows.values_list("organisation", flat=True).distinct()) if told else set()
    for who, line in told.items():
        if who not in standing:
            moving.step(
                case,
                StepKind.UNANSWERED,
                at=at,
                organisation=line.organisation,
                answer_kind=line.answer_kind,
            )


def _restore_lanes(case: Case, *, at: datetime) -> None:
    if case.state in (State.CLOSED, State.SOLVED, State.MERGED):
        # Nobody waits, or only for others.
        return
    lanes = list(case.lanes.select_related("holder").order_by("pk"))
    # Where nobody had asked for it, nothing waits. The holder's comes last: what the case goes
    # back to is its own word.
    ended = sorted((n for n in lanes if n.before_answer is not None), key=lambda n: n.is_own)
    latest = _latest(case, lanes, peers=any(n.kind == LaneKind.PEER for n in ended))
    for lane in ended:
        kept = cast(Kept, lane.before_answer)
        has_moved_on = lane.is_own and case.standing not in _OVER
        came, since = latest.get(lane.pk), kept.get("answers_from", kept["since"])
        if not has_moved_on and (came is None or came < _moment(since)):
            _restore(case, lane, kept, at=at)


def _latest(case: Case, lanes: list[Lane], *, peers: bool) -> dict[int, datetime]:
    """When the latest answer that stands came by each lane; of peers, who may be hundreds, only
    where somebody asked them."""
    standing = Answer.objects.filter(question=case.question_id, deleted_at=None)
    if not peers:
        standing = standing.exclude(kind=AnswerKind.PEER)
    found: dict[int, datetime] = {}
    for answer in standing.select_related("organisation").order_by("created_at"):
        lane = lane_of(lanes, answer)
        if lane is not None:
            found[lane.pk] = answer.created_at
    return found


def _restore(case: Case, lane: Lane, kept: Kept, *, at: datetime) -> None:
    due_at, state = _moment(kept["due_at"]), LaneState(kept["lane"])
    stands = case.state == State.ASIDE or state not in LANE_OPEN
    if kept["hop"] is not None:
        number, was = kept["hop"]
        moving.move_hop(Hop.objects.get(pk=number), was, at=at, ended_at=None)
    # Before the lane: where the case goes its own lane follows.
    _restore_case(case, lane, State(kept["case"]), at=at)
    lane.refresh_from_db()
    moving.move_lane(lane, state, at=at)
    Lane.objects.filter(pk=lane.pk).update(
        clock=kept["clock"],
        since=_moment(kept["since"]),
        due_at=due_at,
        is_estimated=kept["is_estimated"],
        person_id=lane.person_id if kept["in_hand"] else None,
        stopped_at=(lane.stopped_at or at) if stands else None,
        left_seconds=kept["left_seconds"] if stands else None,
        escalate_at=None if stands else deadlines.tells_at(due_at, lane.rung),
        before_answer=None,
    )
    organisation = None if lane.kind == LaneKind.PEER else lane.holder
    moving.step(case, StepKind.UNANSWERED, at=at, organisation=organisation)


def _restore_case(case: Case, lane: Lane, was: State, *, at: datetime) -> None:
    back = was if lane.is_own else State.REFERRED
    if not lane.is_own and was != State.REFERRED:
        # Its word had ended nothing but its own part.
        return
    if case.state == State.ASIDE:
        Case.objects.filter(pk=case.pk, state_before__in=_OVER).update(state_before=back)
    elif case.state in _OVER and case.state != back:
        moving.move_back(case, back, at=at)
        if back == State.REFERRED:
            _look_after(case, at=at)


def _look_after(case: Case, *, at: datetime) -> None:
    """The holder looks after what others are asked, as it did."""
    own = moving.own_lane(case)
    if own.clock != Clock.PROMISE:
        moving.resume_clock(own, at=at, late=True)
        return
    watch(case, at=at)
    if own.before_answer is not None:
        keep(own, own.before_answer)


def _moment(told: Any) -> datetime:
    return datetime.fromisoformat(told)
