"""Asking that a record be opened."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.journal.models import SAID
from youthvoice.people.models import User
from youthvoice.sealed import policy
from youthvoice.sealed.actions.problem import Unable
from youthvoice.sealed.actions.tidying import lapse_due
from youthvoice.sealed.choices import OPENING_LASTS
from youthvoice.sealed.models import Opening, Record


def ask_opening(
    *,
    question: int,
    ground: str,
    reason: str,
    by: User,
    at: datetime,
    court_order: str = "",
    silent_until: date | None = None,
) -> Opening:
    """Ask the other named person to agree. Raises Unable.

    With a court's order the asker is told only after `silent_until`.
    """
    if not policy.may_ask(by):
        raise Unable(_("只有指定的第一位负责人能提出。"))
    sealed = Record.objects.filter(question=question).only("pk").first()
    if sealed is None:
        raise Unable(_("这个提问没有封存的记录：它留了名、当时没有开封存，或者已经到期删除。"))
    lapse_due(at=at)
    try:
        with transaction.atomic():
            opening = Opening.objects.create(
                question=question,
                record=sealed,
                ground=ground,
                reason=reason,
                court_order=court_order,
                silent_until=silent_until,
                asked_by=by,
                asked_at=at,
                lapses_at=at + OPENING_LASTS,
            )
            data = {"question": question, "ground": ground, SAID: opening.commitment()}
            record("sealed.asked", subject=opening, actor=by, at=at, data=data)
    except IntegrityError:
        raise Unable(_("这个提问已经有一次在办，先把那一次办完。")) from None
    return opening
