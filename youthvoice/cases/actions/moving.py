"""The only ways by which a case, a lane and a hop change their states.

Every act on a case first locks its question's row (`lock`), as the acts on questions do, and
records in the journal last: whoever holds the one and waits for the other can't meet a second
who does it the other way round. What the staff saw when they decided is named in each UPDATE
(compare-and-set), so the second of two who act at once changes nothing and is told.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.db.models import F, QuerySet
from django.dispatch import Signal
from django.utils.translation import gettext as _

from youthvoice.cases.choices import (
    HOP_MOVES,
    HOP_OPEN,
    LANE_AWAITED,
    LANE_MOVES,
    MOVES,
    OWN_LANE,
    RUNNING,
    UNDONE,
    Clock,
    HopState,
    LaneKind,
    LaneState,
    State,
    StepKind,
)
from youthvoice.cases.models import Case, Hop, Lane, LaneQuerySet, Step
from youthvoice.cases.queries import deadlines
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User
from youthvoice.questions.models import Question
from youthvoice.readymade.prepared import prepared
from youthvoice.readymade.writing import insert

#: Sent within the act's transaction when a case has come from one state into another: `case`
#: as it is now, `before`, `after` and `at`. Higher floors listen here; that a question is asked
#: is no move.
moved = Signal()


class UnableToMove(Exception):
    """What was asked can't be done; its words are for the person who asked."""


class SomebodyWasFirst(UnableToMove):
    """The case has moved since the person looked at it."""


def lock(case: Case) -> None:
    """Hold off every other act on the question until the transaction ends."""
    Question.objects.select_for_update().filter(pk=case.question_id).first()


def lock_all(cases: Sequence[Case]) -> None:
    """The same for several, in the order of their questions' numbers: nobody meets half-way."""
    numbers = [case.question_id for case in cases]
    list(Question.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))


def move(case: Case, to: State, *, at: datetime, **changes: Any) -> bool:
    """Compare-and-set along the table; False where the case may not, or has moved already.

    The own lane follows. `case` is brought up to date.
    """
    return to in MOVES[State(case.state)] and _set(case, to, at=at, **changes)


def move_back(case: Case, to: State, *, at: datetime) -> bool:
    """The same where an answer is gone that had moved it."""
    return to in UNDONE[State(case.state)] and _set(case, to, at=at)


def _set(case: Case, to: State, *, at: datetime, **changes: Any) -> bool:
    before = State(case.state)
    seen = Case.objects.filter(pk=case.pk, state=case.state, version=case.version)
    if not seen.update(state=to, version=F("version") + 1, **changes):
        return False
    case.refresh_from_db()
    _let_follow(own_lane(case), to, at=at)
    moved.send(sender=Case, case=case, before=before, after=to, at=at)
    return True


def _let_follow(own: Lane, to: State, *, at: datetime) -> None:
    """The own lane, as it was just read, goes where the case went; and its clock stands there
    where nobody waits. One query."""
    changes: dict[str, Any] = {}
    state = OWN_LANE.get(to)
    if state == LaneState.MOVING and own.person_id is None and to != State.REFERRED:
        # Nobody has it in hand yet.
        state = LaneState.ASKED if own.state != LaneState.MOVING else None
    if state is not None and state in LANE_MOVES[LaneState(own.state)]:
        changes = {"state": state, "moved_by": None, "moved_at": at}
    if to not in RUNNING and own.is_running:
        changes |= _stopped(own, at=at)
    if changes:
        as_seen(own).update(**changes)


def _stopped(lane: Lane, *, at: datetime) -> dict[str, Any]:
    return {
        "stopped_at": at,
        "escalate_at": None,
        "left_seconds": deadlines.left(at, lane.due_at),
    }


def must_move(case: Case, to: State, *, at: datetime, **changes: Any) -> None:
    """Raises SomebodyWasFirst, with who it was, in place of giving False."""
    if not move(case, to, at=at, **changes):
        raise first_words(case)


def first_words(case: Case) -> SomebodyWasFirst:
    """Who did what, for whoever came second."""
    # That it is late was nobody's move.
    moves = case.steps.exclude(kind=StepKind.LATE).select_related("organisation")
    last = moves.order_by("-at", "-pk").first()
    lane = case.lanes.select_related("moved_by").order_by("-moved_at", "-pk").first()
    who = lane.moved_by.nickname if lane is not None and lane.moved_by is not None else ""
    words = last.words if last is not None else ""
    if who:
        return SomebodyWasFirst(
            _("%(who)s 刚刚先动了这件事：%(what)s。") % {"who": who, "what": words}
        )
    return SomebodyWasFirst(_("这件事刚刚变了：%(what)s。") % {"what": words})


def own_lane(case: Case) -> Lane:
    (lane,) = _own(case=case.pk)
    lane.case = case
    return cast(Lane, lane)


@prepared("case")
def _own(case: int) -> QuerySet[Lane]:
    return Lane.objects.filter(case=case, is_own=True)


def move_lane(
    lane: Lane, to: LaneState, *, at: datetime, by: User | None = None, **changes: Any
) -> bool:
    """Compare-and-set of a lane; who moved it is kept for the staff. Never an asker."""
    if to not in LANE_MOVES[LaneState(lane.state)]:
        return False
    if not as_seen(lane).update(state=to, moved_by=by, moved_at=at, **changes):
        return False
    lane.refresh_from_db()
    note_open_kinds(lane)
    return True


def note_open_kinds(lane: Lane) -> None:
    """Keep what lists show of the lanes besides the own one, whenever one opens or ends."""
    if lane.is_own:
        return
    others = Lane.objects.filter(case=lane.case_id, is_own=False, state__in=LANE_AWAITED)
    kinds = set(others.values_list("kind", flat=True))
    letters = "".join(kind[0] for kind in LaneKind if kind in kinds)
    Case.objects.filter(pk=lane.case_id).update(open_kinds=letters)


def as_seen(lane: Lane) -> LaneQuerySet:
    """The lane's row if it still is as whoever decided saw it: of two who do, one finds it."""
    return Lane.objects.filter(
        pk=lane.pk, state=lane.state, holder=lane.holder_id, person=lane.person_id
    )


def start_clock(lane: Lane, clock: Clock, due_at: datetime, *, at: datetime) -> None:
    """A new round: what is late in it is told from the first rung on.

    A promise stands on an answer: when that goes, what the answer had ended comes back.
    """
    kept = {} if clock == Clock.PROMISE else {"before_answer": None}
    # A promise is for a day of everybody's calendar.
    rests = clock != Clock.PROMISE and deadlines.is_estimated(due_at, at=at)
    Lane.objects.filter(pk=lane.pk).update(
        clock=clock,
        since=at,
        due_at=due_at,
        is_estimated=rests,
        stopped_at=None,
        left_seconds=None,
        round=F("round") + 1,
        rung=0,
        escalate_at=deadlines.tells_at(due_at, 0),
        **kept,
    )
    lane.refresh_from_db()


def stop_clock(lane: Lane, *, at: datetime) -> None:
    """It stands from now on; twice is once."""
    Lane.objects.filter(pk=lane.pk, stopped_at=None).update(**_stopped(lane, at=at))
    lane.refresh_from_db()


def resume_clock(lane: Lane, *, at: datetime, late: bool = False) -> None:
    """It goes on with the working time that was left, or with `late` as if it had never stood."""
    due_at, rests = lane.due_at, lane.is_estimated
    if not late:
        due_at = deadlines.due_after(at, lane.left_seconds or 0)
        rests = deadlines.is_estimated(due_at, at=at)
    Lane.objects.filter(pk=lane.pk).exclude(stopped_at=None).update(
        due_at=due_at,
        is_estimated=rests,
        stopped_at=None,
        left_seconds=None,
        escalate_at=deadlines.tells_at(due_at, lane.rung),
    )
    lane.refresh_from_db()


def open_hop(lane: Lane) -> Hop | None:
    hop: Hop | None = _open_hops.first(lane=lane.pk)
    if hop is not None:
        hop.lane = lane
    return hop


@prepared("lane")
def _open_hops(lane: int) -> QuerySet[Hop]:
    return Hop.objects.filter(lane=lane, state__in=HOP_OPEN).order_by("pk")


def move_hop(hop: Hop, to: HopState, *, at: datetime, **changes: Any) -> bool:
    if to not in HOP_MOVES[HopState(hop.state)]:
        return False
    if to not in HOP_OPEN:
        changes["ended_at"] = at
    moved = Hop.objects.filter(pk=hop.pk, state=hop.state).update(state=to, **changes)
    hop.refresh_from_db()
    return bool(moved)


def end_hop(lane: Lane, to: HopState, *, at: datetime) -> None:
    """Whatever hop of the lane is open comes to this end."""
    hop = open_hop(lane)
    if hop is not None:
        move_hop(hop, to, at=at)


def start_done(lane: Lane, hop: Hop, *, at: datetime) -> None:
    """Signed for: from now on the clock counts to its being done."""
    start_clock(lane, Clock.DONE, hop.due_at, at=at)


def mark_mover(lane: Lane, *, by: User, at: datetime) -> None:
    Lane.objects.filter(pk=lane.pk).update(moved_by=by, moved_at=at)


def has_others_at_it(case: Case) -> bool:
    """Whether another body than the holder still owes something."""
    return _others_at_it.first(case=case.pk) is not None


@prepared("case")
def _others_at_it(case: int) -> QuerySet[Lane, int]:
    rows = Lane.objects.filter(case=case, is_own=False, state__in=LANE_AWAITED)
    return rows.values_list("pk", flat=True)[:1]


def step(
    case: Case,
    kind: StepKind,
    *,
    at: datetime,
    organisation: Organisation | None = None,
    **more: str,
) -> Step:
    """One more line of the public trail; `more` is its `note` and its `answer_kind`."""
    return insert(Step(case=case, kind=kind, at=at, organisation=organisation, **more))


def call_off(case: Case, *, at: datetime) -> None:
    """Nothing more is asked of the other bodies."""
    for lane in case.lanes.filter(is_own=False, state__in=LANE_AWAITED):
        move_lane(lane, LaneState.ENDED, at=at)
        stop_clock(lane, at=at)
    for lane in case.lanes.all():
        end_hop(lane, HopState.WITHDRAWN, at=at)
