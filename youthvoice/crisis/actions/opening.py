from datetime import datetime, timedelta

from django.db import transaction

from youthvoice.cases.models import Case
from youthvoice.crisis.actions.telling import tell
from youthvoice.crisis.choices import State, Why
from youthvoice.crisis.models import Record, Told
from youthvoice.crisis.queries import text_of
from youthvoice.journal.actions import record as journal_record
from youthvoice.questions.actions import withhold_question
from youthvoice.questions.models import Answer, Comment, Question
from youthvoice.safety import signs

#: How long a record may wait for a lead before the next one up is told.
PATIENCE = timedelta(minutes=15)


def look_at(*, words: Question | Answer | Comment, at: datetime) -> Record | None:
    """Open a record where the words surely show danger; a question is then out of public view.

    Signs that a person has looked at already open nothing again. Within the act's transaction.
    """
    found = signs.find_sure(text_of(words))
    if not found:
        return None
    place = _place(words)
    codes = [sign.code for sign in found]
    for earlier in Record.objects.filter(**place).order_by("-pk"):
        if earlier.state == State.OPEN:
            _add(earlier, codes)
            return earlier
        if set(codes) <= set(earlier.signs):
            return None
    with transaction.atomic(savepoint=False):
        record = Record.objects.create(
            **place,
            signs=codes,
            opened_at=at,
            raise_at=at + PATIENCE,
        )
        case = Case.objects.select_related("holder").get(question=record.question_id)
        Told.objects.create(record=record, organisation=case.holder, at=at)
        tell(record, why=Why.OPENED, organisation_id=case.holder_id, at=at)
        if isinstance(words, Question):
            withhold_question(question=words, by=None, at=at)
        journal_record("crisis.opened", subject=record, actor=None, at=at)
    return record


def _place(words: Question | Answer | Comment) -> dict[str, object]:
    if isinstance(words, Question):
        return {"question": words, "answer": None, "comment": None}
    is_answer = isinstance(words, Answer)
    return {
        "question": words.question,
        "answer": words if is_answer else None,
        "comment": None if is_answer else words,
    }


def _add(record: Record, codes: list[str]) -> None:
    more = [code for code in codes if code not in record.signs]
    if more:
        Record.objects.filter(pk=record.pk).update(signs=[*record.signs, *more])
