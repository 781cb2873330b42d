"""What the staff's page of a case shows."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from youthvoice.cases import policy as cases_policy
from youthvoice.cases.choices import (
    HOP_OPEN,
    LANE_OPEN,
    OFF_DESK,
    WAITING,
    HopKind,
    LaneKind,
    LaneState,
)
from youthvoice.cases.models import Case, Hop, Lane
from youthvoice.cases.policy import REFERABLE
from youthvoice.cases.queries import cases_of
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.queries import organisations_of, with_members
from youthvoice.people.models import User
from youthvoice.questions.models import Question
from youthvoice.readymade.prepared import prepared

#: Its latest so many referrals stand on the page.
HOPS_SHOWN = 40


def case_for(user: Any, question_id: int) -> Case | None:
    """The case of a question for those who work on it, or did; None for everybody else.

    What is withheld is for those who may know of the question.
    """
    mine = sorted({body.pk for body in organisations_of(user)})
    found: Case | None = _of_bodies.first(question=question_id, bodies=mine)
    if found is not None and found.question.withheld_at is None:
        return found
    question = Question.objects.visible_to(user).filter(pk=question_id).first()
    if question is None:
        return None
    return _with_all(cases_of(user).filter(question=question)).first()


@prepared("question", "bodies")
def _of_bodies(question: int, bodies: list[int]) -> QuerySet[Case]:
    """What most come for: their own body has a lane in it."""
    lanes = Lane.objects.filter(case=OuterRef("pk"), holder__in=bodies).exclude(kind=LaneKind.PEER)
    return _with_all(Case.objects.filter(Exists(lanes), question=question))


def _with_all(rows: QuerySet[Case]) -> QuerySet[Case]:
    return rows.select_related("question__region", "question__author", "holder")


def lane_for(case: Case, user: User, *, lane: str) -> Lane | None:
    """The lane that the viewer is here for: the one named by its number as it came, or the
    first of theirs. One query."""
    mine = [body.pk for body in organisations_of(user)]
    rows = case.lanes.filter(holder__in=mine).exclude(kind=LaneKind.PEER)
    found = list(rows.order_by("-is_own", "pk"))
    return next(iter([one for one in found if str(one.pk) == lane] or found), None)


@dataclass
class Part:
    """One lane as the viewer sees it, and what they may do with it."""

    lane: Lane
    hops: list[Hop]
    #: The viewer works for the body that has it.
    is_mine: bool
    may_claim: bool = False
    may_release: bool = False
    may_return: bool = False
    may_ask_back: bool = False

    @property
    def open_hop(self) -> Hop | None:
        return next((hop for hop in self.hops if hop.state in HOP_OPEN), None)


@dataclass
class Work:
    case: Case
    parts: list[Part]
    #: The latest first.
    hops: list[Hop]
    #: The viewer's part that the answer and the notes are for; None where they only look on.
    part: Part | None
    #: The lane that the page was asked for by its number; None where it was not.
    named: Lane | None = None
    may_transfer: bool = False
    may_give_back: bool = False
    may_refer: bool = False
    #: Referrals that the holder may take back.
    may_withdraw: list[Hop] = field(default_factory=list)
    #: Those that went to a body in which nobody has an account: it is written to.
    may_write_to: list[Hop] = field(default_factory=list)
    may_answer: bool = False
    #: The committee above the holder that the viewer works in; None where there is none.
    over: Organisation | None = None
    #: In whose name the viewer reminds, or takes it away; None for who may not.
    sender: Organisation | None = None

    @property
    def steps_in(self) -> bool:
        return self.sender is not None

    @property
    def overseen(self) -> Lane:
        """What a committee above looks at: the lane that was named, else what is latest."""
        return self.named or min((part.lane for part in self.parts), key=_lateness)

    @property
    def others(self) -> list[Part]:
        """The viewer's other parts, to turn to."""
        return [part for part in self.parts if part.is_mine and part is not self.part]


def work_of(case: Case, user: User, *, lane: str = "") -> Work:
    """Three queries, and one where others were asked. The rules are policy's, over what is at hand.

    `lane`, a number as it came, says for which of their parts the viewer works.
    """
    mine = {body.pk for body in organisations_of(user)}
    lanes, hops = _lanes(case=case.pk), _hops(case=case.pk)
    is_here = case.state not in OFF_DESK
    for one in lanes:
        one.case = case
    by_pk = {one.pk: one for one in lanes}
    for hop in hops:
        hop.lane = by_pk[hop.lane_id]
    parts = [_part(one, hops, mine, is_here) for one in lanes]
    own = parts[0]
    holds = case.holder_id in mine
    sender = cases_policy.steps_in(user, case)
    may_transfer = case.state in WAITING and (holds or sender is not None)
    came_by = own.open_hop
    asked = [h for h in hops if holds and h.state in HOP_OPEN and not h.lane.is_own]
    staffed = with_members([hop.receiver_id for hop in asked]) if asked else set()
    return Work(
        case=case,
        parts=parts,
        hops=hops,
        part=_chosen([part for part in parts if part.is_mine], lane),
        named=next((one for one in lanes if str(one.pk) == lane), None),
        may_transfer=may_transfer,
        may_give_back=may_transfer
        and holds
        and came_by is not None
        and came_by.kind == HopKind.TRANSFER,
        may_refer=case.state in REFERABLE and holds,
        may_withdraw=asked,
        may_write_to=[hop for hop in asked if hop.receiver_id not in staffed],
        may_answer=case.question.deleted_at is None and not case.question.is_imported,
        over=cases_policy.oversees(user, case),
        sender=sender,
    )


@prepared("case")
def _lanes(case: int) -> QuerySet[Lane]:
    rows = Lane.objects.filter(case=case).select_related("holder", "person", "moved_by")
    return rows.order_by("-is_own", "pk")


@prepared("case")
def _hops(case: int) -> QuerySet[Hop]:
    rows = Hop.objects.filter(lane__case=case).select_related("sender", "receiver")
    return rows.order_by("-made_at", "-pk")[:HOPS_SHOWN]


def _lateness(lane: Lane) -> tuple[bool, datetime]:
    return not lane.is_running, lane.due_at


def _chosen(mine: list[Part], lane: str) -> Part | None:
    named = [part for part in mine if str(part.lane.pk) == lane]
    return next(iter(named or mine), None)


def _part(lane: Lane, hops: list[Hop], mine: set[int], is_here: bool) -> Part:
    # Nobody works on what peers answered; the holder only looks after it.
    is_mine = lane.holder_id in mine and lane.kind != LaneKind.PEER
    part = Part(lane, [hop for hop in hops if hop.lane_id == lane.pk], is_mine)
    if is_mine and is_here:
        part.may_claim = lane.state == LaneState.ASKED
        part.may_release = lane.state == LaneState.MOVING and lane.person_id is not None
        part.may_return = not lane.is_own and part.open_hop is not None
        part.may_ask_back = lane.state in LANE_OPEN
    return part
