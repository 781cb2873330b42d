from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.journal.models import SAID
from youthvoice.kit.numbers import next_number
from youthvoice.orgs import policy as orgs_policy
from youthvoice.orgs.models import Organisation
from youthvoice.questions import policy
from youthvoice.questions.actions import heat, tallies
from youthvoice.questions.actions.problem import Unable
from youthvoice.questions.models import Answer, Comment, Question


class UnableToComment(Unable):
    pass


def comment(
    *,
    question: Question,
    answer: Answer | None,
    text: str,
    by: policy.Viewer,
    at: datetime,
    organisation: Organisation | None = None,
    to: Comment | None = None,
) -> Comment:
    """Comment under a question or one of its answers, or reply `to` a comment in that place.

    The asker speaks as the asker; of a nameless one nothing else is kept, signed in or
    not. The same words twice in one place are one comment. Raises UnableToComment.
    """
    if not policy.may_comment(by, question):
        raise UnableToComment(_("请先登录，或用回执打开你的提问，再来评论。"))
    if answer is not None and (answer.question_id != question.pk or answer.deleted_at):
        raise UnableToComment(_("这条回答已经不在了。"))
    place = (question.pk, answer.pk if answer else None)
    if to is not None and (to.question_id, to.answer_id) != place:
        raise UnableToComment(_("这条评论已经不在了。"))
    is_asker = by.is_asker(question)
    person = None if is_asker and question.is_nameless else by.person
    if organisation is not None:
        if person is None or not orgs_policy.is_member(person, organisation.pk):
            raise UnableToComment(_("你不在这个组织里。"))
        is_asker = False
    with transaction.atomic():
        # The answer's row before the question's, as everybody locks them who needs both.
        if answer is not None and not _stands(answer):
            raise UnableToComment(_("这条回答已经不在了。"))
        standing = Question.objects.select_for_update().filter(pk=question.pk, deleted_at=None)
        if not standing.exists():
            raise UnableToComment(_("这个提问刚刚被删除了。"))
        if to is not None and not Comment.objects.filter(pk=to.pk, deleted_at=None).exists():
            raise UnableToComment(_("这条评论已经不在了。"))
        said: dict[str, Any] = {
            "question": question,
            "answer": answer,
            "author": person,
            "is_asker": is_asker,
            "organisation": organisation,
            "to": to,
            "text": text,
        }
        # Who sends it twice at once waits for the row above: no savepoint needed to find out.
        same = Comment.objects.filter(**said, deleted_at=None).first()
        if same is not None:
            return same
        number = next_number(Comment)
        thread = to.thread if to is not None else number
        made = Comment.objects.create(pk=number, thread=thread, **said, created_at=at)
        if answer is not None:
            Answer.objects.filter(pk=answer.pk).update(comment_count=F("comment_count") + 1)
        heat.add(question.pk, comment_count=1)
        tallies.count_participant(made)
        record(
            "question.commented",
            subject=made,
            actor=person,
            at=at,
            data={
                "question": question.pk,
                "answer": answer.pk if answer else None,
                SAID: made.commitment(),
            },
        )
    return made


def _stands(answer: Answer) -> bool:
    return Answer.objects.select_for_update().filter(pk=answer.pk, deleted_at=None).exists()
