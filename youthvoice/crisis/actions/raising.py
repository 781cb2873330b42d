from datetime import datetime

from django.db import transaction

from youthvoice.cases.models import Case
from youthvoice.crisis.actions.opening import PATIENCE
from youthvoice.crisis.actions.telling import tell
from youthvoice.crisis.choices import State, Why
from youthvoice.crisis.models import Record, Told
from youthvoice.journal.actions import record as journal_record
from youthvoice.orgs.models import Organisation

_AT_ONCE = 50


def raise_unread(*, at: datetime) -> int:
    """Nobody is left waiting: what no lead has opened in time is told one step further up.

    The operators hear of it with each step; at the top, once more. Gives how many.
    """
    due = Record.objects.filter(state=State.OPEN, first_read_at=None, raise_at__lte=at)
    return sum(_raise(record, at) for record in due.order_by("raise_at", "pk")[:_AT_ONCE])


def _raise(record: Record, at: datetime) -> bool:
    above = _next_above(record)
    with transaction.atomic():
        taken = Record.objects.filter(
            pk=record.pk, state=State.OPEN, first_read_at=None, raise_at=record.raise_at
        )
        if not taken.update(raise_at=at + PATIENCE if above else None):
            return False
        if above is not None:
            Told.objects.create(record=record, organisation=above, at=at)
        tell(record, why=Why.RAISED, organisation_id=above.pk if above else None, at=at)
        data = {"to": above.pk if above else None}
        journal_record("crisis.raised", subject=record, actor=None, at=at, data=data)
    return True


def _next_above(record: Record) -> Organisation | None:
    """The nearest organisation above the holder that doesn't know yet."""
    known = set(record.told.values_list("organisation", flat=True))
    case = Case.objects.select_related("holder").get(question=record.question_id)
    at_hand: Organisation | None = case.holder
    passed: set[int] = set()
    while at_hand is not None and at_hand.pk not in passed:
        passed.add(at_hand.pk)
        if at_hand.is_active and at_hand.pk not in known:
            return at_hand
        at_hand = at_hand.parent
    return None
