"""Promises: by this day we will …; whether it was kept, only the asker says."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from youthvoice.cases.actions import moving, taking_back
from youthvoice.cases.actions.moving import UnableToMove
from youthvoice.cases.choices import WAITING, Clock, LaneKind, LaneState, State, StepKind
from youthvoice.cases.models import Case, Lane
from youthvoice.cases.queries import deadlines
from youthvoice.journal.actions import record
from youthvoice.journal.models import SAID
from youthvoice.kit.clock import end_of_day
from youthvoice.people.models import User
from youthvoice.promises import policy
from youthvoice.promises.choices import PROMISE_MOVES, PromiseState
from youthvoice.promises.models import Promise
from youthvoice.promises.queries import first_open
from youthvoice.questions import policy as questions_policy
from youthvoice.questions.models import Answer, Question
from youthvoice.readymade.prepared import prepared

#: The latest day that may be promised.
LONGEST = timedelta(days=365)


def promise(*, answer: Answer, text: str, due_on: date, by: User, at: datetime) -> Promise:
    """Say under a reply of one's own body what it will have done by the end of a day.

    An answered case then waits for that day, with the clock of its own lane. Raises
    UnableToMove, and SomebodyWasFirst when the case has moved meanwhile.
    """
    case = Case.objects.select_related("question", "holder").get(question=answer.question_id)
    today = timezone.localdate(at)
    if not policy.may_promise(by, answer, case):
        raise UnableToMove(_("这个回答现在不能由你加承诺。"))
    if not today < due_on <= today + LONGEST:
        raise UnableToMove(_("日期从明天起，最晚到一年以后。"))
    mine = case.lanes.filter(holder=answer.organisation_id).exclude(kind=LaneKind.PEER)
    lane = mine.order_by("is_own").first()
    if lane is None:
        raise UnableToMove(_("这件事没有交给你们办，不能由你们承诺。"))
    with transaction.atomic():
        moving.lock(case)
        made = _make(case, lane, answer, text=text, due_on=due_on, at=at)
        if lane.is_own and case.state in (State.ANSWERED, *WAITING):
            ended = taking_back.before(case, lane)
            moving.must_move(case, State.PROMISED, at=at)
            own = moving.own_lane(case)
            if own.person_id is None:
                # Whoever promises has it in hand.
                moving.move_lane(own, LaneState.MOVING, at=at, by=by, person=by)
            else:
                moving.mark_mover(own, by=by, at=at)
            if ended is not None:
                taking_back.keep(own, ended, by=answer)
        elif case.state == State.ANSWERED:
            moving.must_move(case, State.PROMISED, at=at)
        if case.state == State.PROMISED and not _runs_before(case, end_of_day(due_on)):
            _watch(case, at=at)
        moving.step(case, StepKind.PROMISED, at=at, organisation=made.organisation)
        data = {**_data(made), "due_on": due_on.isoformat(), SAID: made.commitment()}
        record("case.promised", subject=made, actor=by, at=at, data=data)
    return made


def _make(
    case: Case, lane: Lane, answer: Answer, *, text: str, due_on: date, at: datetime
) -> Promise:
    try:
        with transaction.atomic():
            return Promise.objects.create(
                case=case,
                lane=lane,
                answer=answer,
                organisation=lane.holder,
                text=text,
                due_on=due_on,
                made_at=at,
            )
    except IntegrityError:
        raise UnableToMove(_("这个回答已经有一个承诺了。")) from None


def decide(*, promise: Promise, kept: bool, by: questions_policy.Viewer, at: datetime) -> None:
    """The asker says whether it was kept; a broken one makes the holder owe the next word.

    Raises UnableToMove, and SomebodyWasFirst when it was decided meanwhile.
    """
    case = promise.case
    if not questions_policy.may_mark(by, case.question):
        raise UnableToMove(_("只有提问者自己能说兑现了没有。"))
    if case.state == State.ASIDE:
        raise UnableToMove(_("这个提问现在不公开，恢复以后再说。"))
    to = PromiseState.KEPT if kept else PromiseState.BROKEN
    with transaction.atomic():
        moving.lock(case)
        standing = Promise.objects.filter(pk=promise.pk, state=promise.state)
        if to not in PROMISE_MOVES[PromiseState(promise.state)] or not standing.update(
            state=to, decided_at=at
        ):
            raise UnableToMove(_("这个承诺已经说过兑现没有了。"))
        promise.refresh_from_db()
        case.refresh_from_db()
        kind = StepKind.KEPT if kept else StepKind.BROKEN
        moving.step(case, kind, at=at, organisation=promise.organisation)
        if case.state == State.PROMISED:
            _go_on(case, kept=kept, at=at)
        record(
            "case.kept" if kept else "case.broken",
            subject=promise,
            actor=None if case.question.is_nameless else by.person,
            at=at,
            data=_data(promise),
        )


def _go_on(case: Case, *, kept: bool, at: datetime) -> None:
    if not kept:
        moving.move(case, State.REOPENED, at=at, waiting_since=at)
        question = case.question
        due_at = deadlines.next_step_due(at, field=question.field, kind=question.kind)
        moving.start_clock(moving.own_lane(case), Clock.NEXT_STEP, due_at, at=at)
    elif first_open(case) is None:
        moving.move(case, State.ANSWERED, at=at)
    else:
        _watch(case, at=at)


def take_up(*, question: Question, at: datetime) -> None:
    """An answered case of which something is still promised waits for that.

    Within the transaction of the act that answers.
    """
    case: Case | None = _answered.first(question=question.pk)
    if case is not None and first_open(case) is not None:
        moving.move(case, State.PROMISED, at=at)
        _watch(case, at=at)


@prepared("question")
def _answered(question: int) -> QuerySet[Case]:
    return Case.objects.filter(question=question, state=State.ANSWERED)


def _runs_before(case: Case, moment: datetime) -> bool:
    """Something earlier is promised: a later promise gains nobody time."""
    own = moving.own_lane(case)
    return own.clock == Clock.PROMISE and own.is_running and own.due_at <= moment


def _watch(case: Case, *, at: datetime) -> None:
    """The holder's clock runs to the end of the first day that something is promised for."""
    first = first_open(case)
    if first is not None:
        due_at = max(end_of_day(first.due_on), at)
        moving.start_clock(moving.own_lane(case), Clock.PROMISE, due_at, at=at)


def _data(promise: Promise) -> dict[str, int]:
    return {"question": promise.case.question_id, "holder": promise.organisation_id}
