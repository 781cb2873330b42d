"""Granting or refusing what the other named person asked."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.people.models import User
from youthvoice.sealed import policy
from youthvoice.sealed.actions.moving import move
from youthvoice.sealed.actions.problem import Unable
from youthvoice.sealed.choices import State
from youthvoice.sealed.models import Opening


def grant(*, opening: Opening, by: User, at: datetime) -> None:
    """Raises Unable."""
    _decide(opening, State.GRANTED, "sealed.granted", by, at)


def refuse(*, opening: Opening, by: User, at: datetime) -> None:
    """Raises Unable."""
    _decide(opening, State.REFUSED, "sealed.refused", by, at)


def _decide(opening: Opening, to: State, verb: str, by: User, at: datetime) -> None:
    if not policy.may_decide(by, opening):
        raise Unable(_("只有指定的第二位负责人能决定，而且不能是提出的人。"))
    with transaction.atomic():
        move(opening, since=State.ASKED, to=to, at=at, decided_by=by, decided_at=at)
        record(verb, subject=opening, actor=by, at=at, data={"question": opening.question})
