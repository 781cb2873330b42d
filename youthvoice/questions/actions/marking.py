from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.questions import policy
from youthvoice.questions.actions.problem import Unable
from youthvoice.questions.choices import OUTCOME_MOVES, Outcome
from youthvoice.questions.models import Question


class UnableToMark(Unable):
    pass


def mark_outcome(*, question: Question, outcome: str, by: policy.Viewer, at: datetime) -> None:
    """The asker says 解决了 or 没解决, or opens the question again.

    Saying what already holds changes nothing. Raises UnableToMark for anybody else, for
    a move that the table does not have, and when it was marked otherwise meanwhile.
    """
    if not policy.may_mark(by, question):
        raise UnableToMark(_("只有提问者自己能说解决了没有。"))
    if outcome == question.outcome:
        return
    if outcome not in OUTCOME_MOVES[Outcome(question.outcome)]:
        raise UnableToMark(_("要改成这个结果，请先重新打开提问。"))
    with transaction.atomic():
        moved = Question.objects.filter(
            pk=question.pk, outcome=question.outcome, deleted_at=None
        ).update(outcome=outcome, outcome_at=at)
        if not moved:
            raise UnableToMark(_("这个提问刚刚被改过，请刷新再看。"))
        before, question.outcome, question.outcome_at = question.outcome, outcome, at
        record(
            "question.marked",
            subject=question,
            actor=None if question.is_nameless else by.person,
            at=at,
            data={"from": before, "to": str(outcome)},
        )
