"""The same thing asked by several: handled together under one of them, its lead.

Nobody is handled in another's shadow: each question keeps its page and its asker's words, each
asker says for themselves whether it is solved, and an answer to the lead is an answer to all,
shown by reference.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.dispatch import Signal
from django.utils.translation import gettext as _

from youthvoice.cases.actions import moving
from youthvoice.cases.actions.moving import SomebodyWasFirst, UnableToMove
from youthvoice.cases.choices import WAITING, Clock, State, StepKind
from youthvoice.cases.models import Case, Step
from youthvoice.cases.queries import deadlines
from youthvoice.gathering import policy
from youthvoice.gathering.choices import LEADING, MERGEABLE
from youthvoice.gathering.models import Merge
from youthvoice.journal.actions import record
from youthvoice.people.models import User
from youthvoice.questions.models import Answer, Question
from youthvoice.readymade.prepared import prepared

#: Sent within the act's transaction: `cases`, a list, don't hang any more on what they hung on.
left_lead = Signal()

#: As many are merged at once at most.
MERGED_MOST = 50


def merge(*, cases: Sequence[Case], into: Case, by: User, at: datetime) -> None:
    """Handle `cases` together with `into`, their lead, from now on: all of them, or none.

    Their clocks stand, and nothing more is asked of other bodies for them; those that hang on
    one of them hang on the new lead. All are as the person saw them. Raises UnableToMove, and
    SomebodyWasFirst, which names the one that has moved meanwhile.
    """
    chosen = [case for case in {case.pk: case for case in cases}.values() if case.pk != into.pk]
    if not 1 <= len(chosen) <= MERGED_MOST:
        raise UnableToMove(_("请选 2 到 %d 个提问。") % (MERGED_MOST + 1))
    for case in (into, *chosen):
        if not policy.may_gather(by, case):
            raise UnableToMove(_("“%s”不由你合并。") % case.question.shown_title)
    with transaction.atomic():
        hanging = _hanging_on(chosen)
        moving.lock_all([into, *chosen, *hanging])
        lead = Case.objects.select_related("question").get(pk=into.pk)
        if lead.state not in LEADING or not _is_public(lead):
            raise _first(lead, into)
        if {case.pk for case in _hanging_on(chosen)} != {case.pk for case in hanging}:
            # One more came to hang on them before their rows were locked.
            raise SomebodyWasFirst(_("刚刚有别的提问并了进来，请再看一遍。"))
        for case in chosen:
            _merge_one(case, lead, by=by, at=at)
        Merge.objects.filter(lead__in=chosen).update(lead=lead, asked_round=0)
        left_lead.send(sender=Merge, cases=hanging)
        numbers = [case.question_id for case in (*chosen, *hanging)]
        for case in hanging:
            moving.step(case, StepKind.MERGED, at=at, note=_number(lead))
        moving.step(lead, StepKind.MERGED, at=at, note=_numbers(numbers))
        record(
            "case.merged",
            subject=lead,
            actor=by,
            at=at,
            data={"question": lead.question_id, "merged": numbers},
        )


def _hanging_on(cases: Sequence[Case]) -> list[Case]:
    return list(Case.objects.filter(merge__lead__in=cases).order_by("question_id"))


def _merge_one(case: Case, lead: Case, *, by: User, at: datetime) -> None:
    now = Case.objects.select_related("question").get(pk=case.pk)
    before = case.state
    if before not in MERGEABLE or not _is_public(now):
        raise _first(now, case)
    if not moving.move(case, State.MERGED, at=at):
        raise _first(now, case)
    moving.mark_mover(moving.own_lane(case), by=by, at=at)
    moving.call_off(case, at=at)
    Merge.objects.create(case=case, lead=lead, state_before=before, at=at)
    moving.step(case, StepKind.MERGED, at=at, note=_number(lead))


def _is_public(case: Case) -> bool:
    question = case.question
    gone = question.deleted_at is not None or question.withheld_at is not None
    return not gone and not question.is_imported


def _first(now: Case, seen: Case) -> UnableToMove:
    """Why nothing was merged: which one it was, and who did what with it."""
    title = now.question.shown_title
    if now.version == seen.version:
        return UnableToMove(_("“%s”现在不能合并，这次一个都没有合并。") % title)
    words = {"title": title, "what": moving.first_words(now)}
    return SomebodyWasFirst(_("“%(title)s”：%(what)s这次一个都没有合并。") % words)


def _number(case: Case) -> str:
    return _("第 %d 号提问") % case.question_id


def _numbers(numbers: Sequence[int]) -> str:
    named = "、".join(str(number) for number in sorted(numbers)[:10])
    words = {"many": len(numbers), "numbers": named, "more": "……" if len(numbers) > 10 else ""}
    return _("%(many)d 个：第 %(numbers)s 号%(more)s") % words


def unmerge(*, case: Case, by: User, at: datetime) -> None:
    """Handle a merged question by itself again. Raises UnableToMove and SomebodyWasFirst."""
    merge = Merge.objects.select_related("lead__holder", "lead__question").filter(case=case).first()
    if merge is None or case.state != State.MERGED:
        raise UnableToMove(_("这个提问没有和别的一起办。"))
    if not policy.may_gather(by, case) and not policy.may_gather(by, merge.lead):
        raise UnableToMove(_("这件事不由你拆开。"))
    with transaction.atomic():
        moving.lock(case)
        take_back(case, merge, by=by, at=at)


def take_back(case: Case, merge: Merge, *, by: User | None, at: datetime) -> None:
    """Back to where it was. What others were asked for it was called off: its holder has it.

    Its clock is due when it would have been, for standing gains nobody a minute; but whoever
    gets it back has the time to sign for it, as after a transfer.
    """
    before = State(merge.state_before)
    own = moving.own_lane(case)
    if before not in WAITING:
        before = State.HELD if own.person_id else State.RECEIVED
    moving.must_move(case, before, at=at)
    own = moving.own_lane(case)
    due_at = max(own.due_at, deadlines.sign_due(at))
    moving.start_clock(own, Clock(own.clock), due_at, at=at)
    if by is not None:
        moving.mark_mover(own, by=by, at=at)
    lead = _let_go(case, at=at) or merge.lead
    record(
        "case.unmerged",
        subject=case,
        actor=by,
        at=at,
        data={"question": case.question_id, "lead": lead.question_id},
    )


def let_go_of(*, question: Question, at: datetime) -> None:
    """Its asker has said that it isn't solved: it is handled by itself from now on."""
    case = Case.objects.filter(question=question).first()
    if case is not None:
        _let_go(case, at=at)


def _let_go(case: Case, *, at: datetime) -> Case | None:
    """It hangs on no lead any more, and both trails say so. Gives what it hung on."""
    merge = Merge.objects.select_related("lead").filter(case=case).first()
    if merge is None:
        return None
    merge.delete()
    left_lead.send(sender=Merge, cases=[case])
    moving.step(case, StepKind.UNMERGED, at=at, note=_number(merge.lead))
    moving.step(merge.lead, StepKind.UNMERGED, at=at, note=_number(case))
    return merge.lead


def forget(*, question: Question) -> None:
    """Its asker has taken it back."""
    Merge.objects.filter(case__question=question, case__state=State.CLOSED).delete()


def note_asked(rounds: Mapping[int, int]) -> None:
    """Which of its lead's rounds the asker of each was asked about, by the merge's number."""
    merges = [Merge(pk=pk, asked_round=number) for pk, number in rounds.items()]
    Merge.objects.bulk_update(merges, ["asked_round"])


def note_unasked(case: Case) -> None:
    """What the lead was answered its asker is still to be asked about."""
    Merge.objects.filter(case=case).update(asked_round=0)


def tell_merged(*, answer: Answer, at: datetime) -> None:
    """What a body answers to the lead stands in the trails of those that hang on it, once."""
    if answer.organisation_id is None:
        return
    hanging = _untold(question=answer.question_id, body=answer.organisation_id)
    Step.objects.bulk_create(
        Step(
            case_id=pk,
            kind=StepKind.ANSWERED,
            at=at,
            organisation=answer.organisation,
            answer_kind=answer.kind,
        )
        for pk in hanging
    )


@prepared("question", "body")
def _untold(question: int, body: int) -> QuerySet[Merge, int]:
    told = Step.objects.filter(
        case=OuterRef("case"),
        kind=StepKind.ANSWERED,
        organisation=body,
        at__gte=OuterRef("at"),
    )
    hanging = Merge.objects.filter(lead__question=question, case__state=State.MERGED)
    return hanging.exclude(Exists(told)).values_list("case", flat=True)
