from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.questions import policy
from youthvoice.questions.actions.problem import Unable
from youthvoice.questions.models import Answer


class UnableToAccept(Unable):
    pass


def accept_answer(*, answer: Answer, accepted: bool, by: policy.Viewer, at: datetime) -> None:
    """The asker takes an answer up, or puts it back; several may be accepted.

    Saying what already holds changes nothing. Raises UnableToAccept for anybody else.
    """
    if answer.deleted_at is not None or not policy.may_mark(by, answer.question):
        raise UnableToAccept(_("只有提问者自己能采纳回答。"))
    with transaction.atomic():
        rows = Answer.objects.filter(pk=answer.pk, deleted_at=None)
        rows = rows.filter(accepted_at=None) if accepted else rows.exclude(accepted_at=None)
        if rows.update(accepted_at=at if accepted else None):
            record(
                "answer.accepted" if accepted else "answer.put_back",
                subject=answer,
                actor=None if answer.question.is_nameless else by.person,
                at=at,
                data={"question": answer.question_id},
            )
