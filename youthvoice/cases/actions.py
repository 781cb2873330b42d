"""All writes to cases. They follow from what happens to the question."""

from datetime import datetime

from django.db import transaction

from youthvoice.cases import queries
from youthvoice.cases.choices import MOVES, State, StepKind
from youthvoice.cases.models import Case, Route, Step
from youthvoice.journal.actions import record
from youthvoice.orgs.choices import Level, OrgKind
from youthvoice.orgs.models import Organisation
from youthvoice.questions.choices import AnswerKind, Outcome
from youthvoice.questions.models import Answer, Question


def open_case(*, question: Question, at: datetime) -> Case:
    """Give a question its holder. An imported one is held by the table too, but nobody waits."""
    holder = queries.holder_for(
        region_code=question.region_id, field=question.field, kind=question.kind
    )
    asked_at = question.asked_at
    # Always within the transaction of asking, which fails as a whole: no savepoint needed.
    with transaction.atomic(savepoint=False):
        case = Case.objects.create(
            question=question,
            holder=holder,
            state=State.CLOSED if question.is_imported else State.WAITING,
            held_at=at,
            waiting_since=asked_at,
        )
        steps = [Step(case=case, kind=StepKind.ASKED, at=asked_at)]
        if not question.is_imported:
            steps.append(Step(case=case, kind=StepKind.HELD, at=at, organisation=holder))
        Step.objects.bulk_create(steps)
        if not question.is_imported:
            record(
                "case.held",
                subject=case,
                actor=None,
                at=at,
                data={"question": question.pk, "holder": holder.pk},
            )
    return case


def _move(case: Case, to: State, *, at: datetime | None = None) -> bool:
    """Compare-and-set along the table; False where the case may not or did already."""
    if to not in MOVES[State(case.state)]:
        return False
    changes: dict[str, object] = {"state": to}
    if at is not None:
        changes["waiting_since"] = at
    return bool(Case.objects.filter(pk=case.pk, state=case.state).update(**changes))


def note_answer(*, answer: Answer, at: datetime) -> None:
    """An official answer ends the holder's waiting; the first of each body is told.

    When the asker has opened the question again, the first since then.
    """
    case = Case.objects.filter(question=answer.question_id).first()
    if case is None:
        return
    if answer.kind == AnswerKind.OFFICIAL and case.state == State.WAITING:
        _move(case, State.ANSWERED)
    told = case.steps.filter(
        kind=StepKind.ANSWERED, answer_kind=answer.kind, at__gte=case.waiting_since
    )
    if answer.organisation_id is not None:
        told = told.filter(organisation=answer.organisation_id)
    if not told.exists():
        Step.objects.create(
            case=case,
            kind=StepKind.ANSWERED,
            at=at,
            organisation=answer.organisation,
            answer_kind=answer.kind,
        )


def note_outcome(*, question: Question, outcome: str, at: datetime) -> None:
    """What the asker says moves the case: not solved and reopened mean waiting again."""
    case = Case.objects.filter(question=question).first()
    if case is None:
        return
    kind = {
        Outcome.SOLVED: StepKind.SOLVED,
        Outcome.UNSOLVED: StepKind.UNSOLVED,
        Outcome.OPEN: StepKind.REOPENED,
    }[Outcome(outcome)]
    Step.objects.create(case=case, kind=kind, at=at)
    if case.state == State.ASIDE:
        # It goes where this says once it is taken up again.
        if kind != StepKind.SOLVED:
            Case.objects.filter(pk=case.pk).update(waiting_since=at)
    elif kind == StepKind.SOLVED:
        _move(case, State.SOLVED)
    else:
        _move(case, State.WAITING, at=at)


def note_deleted(*, question: Question, at: datetime) -> None:
    case = Case.objects.filter(question=question).first()
    if case is not None and _move(case, State.CLOSED):
        Step.objects.create(case=case, kind=StepKind.DELETED, at=at)


def put_aside(*, question: Question, at: datetime, told: bool) -> None:
    """Off every desk; `told` says so in the public trail."""
    case = Case.objects.filter(question=question).first()
    if case is not None and _move(case, State.ASIDE) and told:
        Step.objects.create(case=case, kind=StepKind.HIDDEN, at=at)


def take_up_again(*, question: Question, at: datetime, told: bool) -> None:
    """Back to where it was, which the answers and the asker's word say; its clock ran on."""
    case = Case.objects.filter(question=question).first()
    if case is None or question.withheld_at is not None or question.deleted_at is not None:
        return
    answered = question.answers.filter(
        kind=AnswerKind.OFFICIAL, deleted_at=None, created_at__gte=case.waiting_since
    )
    if question.outcome == Outcome.SOLVED:
        back = State.SOLVED
    else:
        back = State.ANSWERED if answered.exists() else State.WAITING
    if _move(case, back) and told:
        Step.objects.create(case=case, kind=StepKind.SHOWN, at=at)


def load_routes(*, regions: list[str], at: datetime) -> int:
    """Route each of the new `regions` to its own committee, and all else to the province's.

    What operators made, changed or removed stays so, but for the row for everything: no
    question may be without a holder. Gives how many rows were added.
    """
    committees = Organisation.objects.filter(kind=OrgKind.LEAGUE).select_related("region")
    have = set(Route.objects.filter(field="", kind="").values_list("region_id", flat=True))
    with transaction.atomic():
        new = [
            Route(region_id=committee.region_id, holder=committee)
            for committee in committees.filter(region__in=regions)
            if committee.region_id not in have
        ]
        top = committees.filter(region__level=Level.PROVINCE).first()
        if None not in have and top is not None:
            new.append(Route(region=None, holder=top))
        Route.objects.bulk_create(new)
        if new and top is not None:
            record("cases.routes_loaded", subject=top, actor=None, at=at, data={"rows": len(new)})
    return len(new)
