from datetime import datetime

from django.db import transaction

from youthvoice.crisis import policy
from youthvoice.crisis.models import Reading, Record
from youthvoice.journal.actions import record as journal_record
from youthvoice.people.models import User


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
