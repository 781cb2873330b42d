from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.crisis import policy
from youthvoice.crisis.actions.telling import tell
from youthvoice.crisis.choices import State, Why
from youthvoice.crisis.models import Record
from youthvoice.journal.actions import record as journal_record
from youthvoice.questions.policy import Viewer


class UnableToObject(Exception):
    pass


def object_to(*, record: Record, by: Viewer, at: datetime) -> None:
    """The asker says that it is a misunderstanding; those who help are told. Once.

    Raises UnableToObject.
    """
    if not policy.may_object(by, record) or record.question is None:
        raise UnableToObject(_("已经告诉过带班的人了，或者这件事已经处理完。"))
    with transaction.atomic():
        rows = Record.objects.filter(pk=record.pk, state=State.OPEN, objected_at=None)
        if not rows.update(objected_at=at):
            raise UnableToObject(_("已经告诉过带班的人了，或者这件事已经处理完。"))
        for organisation_id in record.told.values_list("organisation", flat=True):
            tell(record, why=Why.OBJECTED, organisation_id=organisation_id, at=at)
        # The asker's number stays out of it, with a name or without.
        journal_record("crisis.objected", subject=record, actor=None, at=at)
