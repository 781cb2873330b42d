from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.journal.models import SAID
from youthvoice.kit.numbers import next_number
from youthvoice.orgs.models import Organisation
from youthvoice.people.models import User
from youthvoice.questions import policy
from youthvoice.questions.actions import first_answer, heat, tallies
from youthvoice.questions.actions.problem import Unable
from youthvoice.questions.models import Answer, Question
from youthvoice.readymade.prepared import prepared
from youthvoice.readymade.writing import insert


class UnableToAnswer(Unable):
    pass


def answer_question(
    *,
    question: Question,
    text: str,
    by: policy.Viewer,
    organisation: Organisation | None,
    at: datetime,
    show_writer: bool = False,
) -> Answer:
    """Answer as oneself (`organisation` None) or in an organisation's name.

    The same words twice from one hand are one answer. Raises UnableToAnswer.
    """
    person = by.person
    if person is None or not policy.may_answer(by, question, organisation):
        raise UnableToAnswer(_("这个提问不能由你这样回答。自己的提问可以用评论补充。"))
    return _place(
        question=question,
        text=text,
        person=person,
        organisation=organisation,
        at=at,
        show_writer=show_writer and organisation is not None,
    )


def answer_for_body(
    *, question: Question, text: str, organisation: Organisation, at: datetime
) -> Answer:
    """Answer in the name of a body in which nobody has an account: the answer has no writer.

    Whoever calls has seen that it comes from there. Raises UnableToAnswer.
    """
    if question.is_imported or question.withheld_at is not None or not organisation.is_active:
        raise UnableToAnswer(_("这个提问现在不能回答。"))
    return _place(question=question, text=text, person=None, organisation=organisation, at=at)


def _place(
    *,
    question: Question,
    text: str,
    person: User | None,
    organisation: Organisation | None,
    at: datetime,
    show_writer: bool = False,
) -> Answer:
    kind = policy.answer_kind(organisation)
    with transaction.atomic():
        # On PostgreSQL this row's lock also lets the same form sent twice queue up.
        standing = _standing.first(question=question.pk)
        if standing is None:
            raise UnableToAnswer(_("这个提问刚刚被删除了。"))
        hand = {"person": person and person.pk, "body": organisation and organisation.pk}
        same: Answer | None = _same.first(question=question.pk, text=text, **hand)
        if same is not None:
            return same
        answer = Answer(
            pk=next_number(Answer),
            question=question,
            kind=kind,
            author=person,
            organisation=organisation,
            show_writer=show_writer,
            text=text,
            created_at=at,
        )
        insert(answer)
        heat.add(question.pk, **{f"{kind}_count": 1})
        if standing.first_answered_at is None or at < standing.first_answered_at:
            first_answer.note(question, first=at)
        tallies.count_participant(answer)
        record(
            "question.answered",
            subject=answer,
            actor=person,
            at=at,
            data={
                "question": question.pk,
                "kind": str(kind),
                "organisation": organisation.pk if organisation else None,
                SAID: answer.commitment(),
            },
        )
    return answer


@prepared("question")
def _standing(question: int) -> QuerySet[Question]:
    return Question.objects.select_for_update().filter(pk=question, deleted_at=None)


@prepared("question", "text", "person", "body")
def _same(question: int, text: str, person: int | None, body: int | None) -> QuerySet[Answer]:
    rows = Answer.objects.filter(question=question, text=text, deleted_at=None)
    return rows.filter(author=person, organisation=body)
