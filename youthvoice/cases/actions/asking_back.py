"""Asking the asker for more: the clock stands, visibly, until they have said it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.cases import policy
from youthvoice.cases.actions import first_reply, moving, rerouting
from youthvoice.cases.actions.moving import UnableToMove
from youthvoice.cases.choices import LANE_OPEN, WAITING, Clock, LaneState, State, StepKind
from youthvoice.cases.models import Case, Lane
from youthvoice.journal.actions import record
from youthvoice.orgs.queries import all_regions
from youthvoice.people.models import User
from youthvoice.questions import actions as questions
from youthvoice.questions.choices import Field
from youthvoice.questions.models import Comment, Question
from youthvoice.questions.policy import Viewer


def ask_back(*, lane: Lane, text: str, by: User, at: datetime) -> Comment:
    """Ask the asker something, in public and in the body's name; its clock stands from now on.

    Raises UnableToMove, SomebodyWasFirst and questions' UnableToComment.
    """
    if not policy.may_work_on(by, lane) or lane.state not in LANE_OPEN:
        raise UnableToMove(_("这件事现在不由你来问。"))
    case = lane.case
    with transaction.atomic():
        moving.lock(case)
        moving.stop_clock(lane, at=at)
        if lane.is_own and case.state in WAITING:
            moving.must_move(case, State.ASKING, at=at, state_before=case.state)
            moving.mark_mover(lane, by=by, at=at)
        elif not moving.move_lane(lane, LaneState.PAUSED, at=at, by=by, person=lane.person):
            raise moving.first_words(case)
        moving.step(case, StepKind.ASKED_BACK, at=at, organisation=lane.holder)
        said = questions.comment(
            question=case.question,
            answer=None,
            text=text,
            by=Viewer(by),
            organisation=lane.holder,
            at=at,
        )
        record(
            "case.asked_back",
            subject=lane,
            actor=by,
            at=at,
            data={"question": case.question_id, "holder": lane.holder_id},
        )
    return said


def note_comment(*, comment: Comment, at: datetime) -> None:
    """The asker has said more: the clocks that stood for it go on."""
    if comment.is_asker:
        _go_on(comment.question_id, at=at)


def note_supplement(*, question: Question, what: dict[str, Any], at: datetime) -> None:
    """The trail tells what was added; who waits for the asker has heard from them; and it goes
    on to whose it is now, unless somebody has it in hand."""
    case = Case.objects.select_related("question", "holder").filter(question=question).first()
    if case is not None:
        moving.step(case, StepKind.ADDED, at=at, note=_told(what))
        _go_on(question.pk, at=at)
        rerouting.reroute(case=case, what=what, at=at)


def _told(what: dict[str, Any]) -> str:
    names = all_regions()
    found = []
    if "field" in what:
        old, new = (str(Field(code).label) for code in what["field"])
        found.append(_("领域从%(old)s改为%(new)s") % {"old": old, "new": new})
    if "region" in what:
        old, new = (names[code].name if code in names else _("没有选") for code in what["region"])
        found.append(_("地区从%(old)s改为%(new)s") % {"old": old, "new": new})
    if "pictures" in what:
        found.append(_("加了 %d 张图片") % what["pictures"])
    return _("，").join(found)


def _go_on(question_id: int, *, at: datetime) -> None:
    lanes = Lane.objects.filter(case__question=question_id, state=LaneState.PAUSED)
    paused = list(lanes.select_related("case__question").order_by("pk"))
    if not paused:
        return
    case = paused[0].case
    is_asking = case.state == State.ASKING
    for lane in paused:
        if lane.is_own and is_asking:
            moving.move(
                case, State.HELD if lane.person_id else State.RECEIVED, at=at, state_before=""
            )
        else:
            taken = lane.person_id is not None or lane.clock != Clock.SIGN
            moving.move_lane(lane, LaneState.MOVING if taken else LaneState.ASKED, at=at)
        first_reply.wait_went_by(case, lane, at=at)
        moving.resume_clock(lane, at=at)
    moving.step(case, StepKind.REPLIED, at=at)
