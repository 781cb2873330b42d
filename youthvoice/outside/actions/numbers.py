"""The asker lets other bodies see the numbers in their words, and takes it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.cases.actions import UnableToMove, moving
from youthvoice.cases.models import Case
from youthvoice.journal.actions import record
from youthvoice.kit.clock import start_of_day
from youthvoice.outside import policy, queries
from youthvoice.outside.models import NumbersRelease
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer


def release_numbers(
    *, question: Question, by: Viewer, at: datetime, is_grown: bool = False
) -> None:
    """Letters made from now on show the telephone and the like. Twice is once.

    Who left no name says with it that they are of age (`is_grown`), which nothing keeps. Of a
    nameless asker the day alone is kept. Raises UnableToMove.
    """
    if not policy.may_release_numbers(by, question):
        raise UnableToMove(_("只有提问者自己、满了 18 岁才能让别的单位看。"))
    if question.is_nameless and not is_grown:
        raise UnableToMove(_("没满 18 岁，我们一律遮住。"))
    with transaction.atomic():
        case = _case(question)
        if question.deleted_at is not None or not queries.holds_numbers(question):
            raise UnableToMove(_("提问里现在没有电话、微信号这些，不用选。"))
        said_at = start_of_day(at) if question.is_nameless else at
        _row, is_new = NumbersRelease.objects.get_or_create(
            case=case, defaults={"said_at": said_at}
        )
        if is_new:
            _record("case.numbers_released", case, question, by, said_at)


def keep_numbers(*, question: Question, by: Viewer, at: datetime) -> None:
    """Taken back: letters made from now on mask them. Twice is once. Raises UnableToMove."""
    if not policy.may_keep_numbers(by, question):
        raise UnableToMove(_("只有提问者自己能收回。"))
    with transaction.atomic():
        case = _case(question)
        if forget_release(question=question):
            said_at = start_of_day(at) if question.is_nameless else at
            _record("case.numbers_kept", case, question, by, said_at)


def forget_release(*, question: Question) -> bool:
    """Its words are gone, or its asker takes it back. Within the act's transaction."""
    return bool(NumbersRelease.objects.filter(case__question=question).delete()[0])


def _case(question: Question) -> Case:
    """Its case, the question locked and its words as they are now."""
    case = Case.objects.get(question=question)
    moving.lock(case)
    question.refresh_from_db(fields=["title", "text", "deleted_at"])
    return case


def _record(verb: str, case: Case, question: Question, by: Viewer, at: datetime) -> None:
    actor = None if question.is_nameless else by.person
    record(verb, subject=case, actor=actor, at=at, data={"question": question.pk})
