"""Taking one's words back. A stone stays: that something stood here, and when it went."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.pictures.actions import remove_files
from youthvoice.questions import policy
from youthvoice.questions.actions import first_answer, heat, tallies
from youthvoice.questions.actions.problem import Unable
from youthvoice.questions.choices import TallyName
from youthvoice.questions.models import Answer, Comment, Question


class UnableToDelete(Unable):
    pass


def delete_question(*, question: Question, by: policy.Viewer, at: datetime) -> None:
    """Take back one's question: its words, earlier words and pictures go, others' stay."""
    if not policy.may_edit_question(by, question):
        raise UnableToDelete(_("只有提问者自己能删除。"))
    with transaction.atomic():
        gone = Question.objects.filter(pk=question.pk, deleted_at=None).update(
            deleted_at=at, title="", text="", salt=""
        )
        if not gone:
            return
        names = list(question.pictures.values_list("name", flat=True))
        question.pictures.all().delete()
        question.revisions.all().delete()
        if question.withheld_at is None:
            tallies.bump(TallyName.IMPORTED if question.is_imported else TallyName.QUESTIONS, -1)
        actor = None if question.is_nameless else by.person
        record("question.deleted", subject=question, actor=actor, at=at)
        transaction.on_commit(lambda: remove_files(names))


def delete_answer(*, answer: Answer, by: policy.Viewer, at: datetime) -> None:
    """Take back an answer: it is none any more, so it was not the first either."""
    if not policy.may_edit_answer(by, answer):
        raise UnableToDelete(_("只有写下它的人或同组织的同事能删除。"))
    with transaction.atomic():
        gone = Answer.objects.filter(pk=answer.pk, deleted_at=None).update(
            deleted_at=at, text="", salt="", accepted_at=None
        )
        if not gone:
            return
        answer.revisions.all().delete()
        answer.refresh_from_db(fields=["useful_count"])
        counts = {f"{answer.kind}_count": -1, "useful_count": -answer.useful_count}
        heat.add(answer.question_id, **counts)
        first_answer.note(answer.question)
        record(
            "answer.deleted",
            subject=answer,
            actor=by.person,
            at=at,
            data={"question": answer.question_id, "kind": answer.kind},
        )


def delete_comment(*, comment: Comment, by: policy.Viewer, at: datetime) -> None:
    if not policy.may_delete_comment(by, comment):
        raise UnableToDelete(_("只有写下它的人能删除。"))
    with transaction.atomic():
        gone = Comment.objects.filter(pk=comment.pk, deleted_at=None).update(
            deleted_at=at, text="", salt=""
        )
        if not gone:
            return
        if comment.answer_id is not None:
            Answer.objects.filter(pk=comment.answer_id).update(comment_count=F("comment_count") - 1)
        heat.add(comment.question_id, comment_count=-1)
        actor = None if comment.author_id is None else by.person
        record(
            "comment.deleted",
            subject=comment,
            actor=actor,
            at=at,
            data={"question": comment.question_id},
        )
