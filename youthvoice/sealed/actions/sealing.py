"""Sealing who asked, as a part of asking."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from youthvoice.people.models import User
from youthvoice.sealed import boxes
from youthvoice.sealed.keyfiles import id_of
from youthvoice.sealed.models import Record


def seal(*, question: int, person: User | None, at: datetime) -> None:
    """Seal the account behind a nameless question, or that there was none.

    Called within the transaction of asking, and with it recorded or not: there is no entry
    of its own. Nothing happens while sealing is off. Everybody's takes the same steps.
    """
    if not settings.SEALED_RECORDS:
        return
    outer, inner = settings.SEALED_KEYS
    identity = boxes.Identity(
        question, person.pk if person else None, person.username if person else ""
    )
    Record.objects.create(
        question=question,
        sealed_on=timezone.localdate(at),
        outer_key=id_of(outer),
        inner_key=id_of(inner),
        box=boxes.seal(identity, outer=outer, inner=inner),
    )
