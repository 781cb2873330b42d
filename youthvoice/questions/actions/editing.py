from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.journal.models import SAID, new_salt
from youthvoice.questions import policy
from youthvoice.questions.actions.problem import Unable
from youthvoice.questions.models import Answer, Question, Revision


class UnableToEdit(Unable):
    pass


def _check_unchanged(target: Question | Answer, seen: str) -> None:
    if seen and seen != target.version:
        raise UnableToEdit(
            _("你打开之后，这里被改过了。请先抄下你写的，打开新的再改，免得盖掉别人的。")
        )


def edit_question(
    *,
    question: Question,
    title: str,
    text: str,
    by: policy.Viewer,
    at: datetime,
    seen: str = "",
) -> None:
    """Change the words of one's question; the earlier ones stay as a revision.

    `seen` is the version that the editor began with. Raises UnableToEdit, also when
    somebody saved other words since then or since `question` was read.
    """
    if not policy.may_edit_question(by, question):
        raise UnableToEdit(_("只有提问者自己能修改。"))
    if (title, text) == (question.title, question.text):
        return
    _check_unchanged(question, seen)
    salt = new_salt()
    with transaction.atomic():
        changed = Question.objects.filter(
            pk=question.pk,
            title=question.title,
            text=question.text,
            salt=question.salt,
            deleted_at=None,
        ).update(title=title, text=text, salt=salt, edited_at=at)
        if not changed:
            raise UnableToEdit(_("这里的文字刚刚被改过，请刷新后再改。"))
        Revision.objects.create(
            question=question,
            title=question.title,
            text=question.text,
            salt=question.salt,
            since=question.edited_at or question.asked_at,
            at=at,
        )
        question.title, question.text, question.salt, question.edited_at = title, text, salt, at
        actor = None if question.is_nameless else by.person
        data = {SAID: question.commitment()}
        record("question.edited", subject=question, actor=actor, at=at, data=data)


def edit_answer(
    *, answer: Answer, text: str, by: policy.Viewer, at: datetime, seen: str = ""
) -> None:
    """Change an answer's words; the earlier ones stay as a revision. See edit_question."""
    if not policy.may_edit_answer(by, answer):
        raise UnableToEdit(_("只有写下它的人或同组织的同事能修改。"))
    if text == answer.text:
        return
    _check_unchanged(answer, seen)
    salt = new_salt()
    with transaction.atomic():
        changed = Answer.objects.filter(
            pk=answer.pk, text=answer.text, salt=answer.salt, deleted_at=None
        ).update(text=text, salt=salt, edited_at=at)
        if not changed:
            raise UnableToEdit(_("这里的文字刚刚被改过，请刷新后再改。"))
        Revision.objects.create(
            answer=answer,
            text=answer.text,
            salt=answer.salt,
            since=answer.edited_at or answer.created_at,
            at=at,
        )
        answer.text, answer.salt, answer.edited_at = text, salt, at
        record(
            "answer.edited",
            subject=answer,
            actor=by.person,
            at=at,
            data={"question": answer.question_id, SAID: answer.commitment()},
        )
