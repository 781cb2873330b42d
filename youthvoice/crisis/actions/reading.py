from datetime import datetime

from django.db import transaction

from youthvoice.crisis import policy, queries
from youthvoice.crisis.models import Reading, Record
from youthvoice.journal.actions import record as journal_record
from youthvoice.people.models import User
from youthvoice.questions.models import Question


def note_reading(*, record: Record, by: User, at: datetime) -> None:
    """Who of the staff reads a record is in the journal, once a person and hour.

    A lead's first reading ends the waiting.
    """
    hour = at.replace(minute=0, second=0, microsecond=0)
    with transaction.atomic():
        _row, is_new = Reading.objects.get_or_create(record=record, person=by, hour=hour)
        if not is_new:
            return
        if record.first_read_at is None and policy.leads(by, record):
            Record.objects.filter(pk=record.pk, first_read_at=None).update(first_read_at=at)
            record.first_read_at = at
        journal_record("crisis.read", subject=record, actor=by, at=at)


def note_words_given(*, question: Question, by: User, at: datetime) -> None:
    """The same for who reads the words elsewhere than on the record's own page."""
    found = queries.of_question(question)
    if found is not None:
        note_reading(record=found, by=by, at=at)
        return
    with transaction.atomic():
        journal_record("question.read", subject=question, actor=by, at=at)
