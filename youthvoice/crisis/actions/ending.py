from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.crisis import policy
from youthvoice.crisis.choices import MOVES, State
from youthvoice.crisis.models import Record
from youthvoice.journal.actions import record as journal_record
from youthvoice.people.models import User
from youthvoice.questions.actions import release_question


class UnableToEnd(Exception):
    pass


def close_record(*, record: Record, outcome: str, by: User, at: datetime) -> None:
    """Say how it came out. The question stays out of public view. Raises UnableToEnd."""
    _check(record, by)
    with transaction.atomic():
        _move(record, State.CLOSED, outcome=outcome, ended_at=at, raise_at=None)
        data = {"outcome": outcome}
        journal_record("crisis.closed", subject=record, actor=by, at=at, data=data)


def call_false_alarm(*, record: Record, by: User, at: datetime) -> None:
    """Give the question back as if nothing had been. Raises UnableToEnd.

    Log, letters, the asker's objection and who read it go at once; the way to the question
    goes after a while, see `forget_false_alarms`.
    """
    _check(record, by)
    with transaction.atomic():
        _move(record, State.FALSE_ALARM, ended_at=at, raise_at=None, objected_at=None)
        for rows in (record.log, record.notices, record.readings):
            rows.all().delete()
        if record.is_of_question and record.question is not None:
            release_question(question=record.question, by=by, at=at)
        journal_record("crisis.false_alarm", subject=record, actor=by, at=at)


def publish_question(*, record: Record, by: User, at: datetime) -> None:
    """After an outcome, and only as the asker wishes it. Raises UnableToEnd."""
    question = record.question
    if not policy.may_handle(by, record) or record.state != State.CLOSED or question is None:
        raise UnableToEnd(_("先写明结果，再决定要不要公开。"))
    with transaction.atomic():
        if not record.is_of_question or not release_question(question=question, by=by, at=at):
            raise UnableToEnd(_("这个提问已经公开了。"))
        journal_record("crisis.published", subject=record, actor=by, at=at)


def _check(record: Record, by: User) -> None:
    if not policy.may_handle(by, record):
        raise UnableToEnd(_("这条记录不由你处理。"))


def _move(record: Record, to: State, **changes: object) -> None:
    """Compare-and-set along the table."""
    rows = Record.objects.filter(pk=record.pk, state=record.state)
    if to not in MOVES[State(record.state)] or not rows.update(state=to, **changes):
        raise UnableToEnd(_("刚刚有人先处理了这条记录。"))
    record.refresh_from_db(fields=["state", *changes])
