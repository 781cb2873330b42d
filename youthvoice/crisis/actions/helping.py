from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.crisis import policy
from youthvoice.crisis.choices import State
from youthvoice.crisis.models import LogLine, Record
from youthvoice.journal.actions import record as journal_record
from youthvoice.journal.models import SAID
from youthvoice.people.models import User


class UnableToHelp(Exception):
    pass


def add_line(*, record: Record, to: str, note: str, by: User, at: datetime) -> LogLine:
    """Write down what was done, or to whom it was handed. Raises UnableToHelp."""
    if not policy.may_handle(by, record):
        raise UnableToHelp(_("这条记录不由你处理。"))
    with transaction.atomic():
        standing = Record.objects.select_for_update().filter(pk=record.pk)
        if not standing.exclude(state=State.FALSE_ALARM).exists():
            raise UnableToHelp(_("刚刚有人把它标成了误报。"))
        line = LogLine.objects.create(record=record, to=to, note=note, by=by, at=at)
        verb = "crisis.handed" if to else "crisis.noted"
        data = ({"to": to} if to else {}) | {SAID: line.commitment()}
        journal_record(verb, subject=record, actor=by, at=at, data=data)
    return line
