"""What follows from acts elsewhere, and what the clock brings round."""

from datetime import datetime

from django.db import transaction

from youthvoice.journal.actions import record
from youthvoice.moderation import policy
from youthvoice.moderation.choices import State
from youthvoice.moderation.matter import Words, items_of, matter_of
from youthvoice.moderation.models import Item, Left
from youthvoice.moderation.queries import with_words
from youthvoice.orgs.models import Membership

#: Looked at in one round, the oldest first.
_ROUND = 200


def close_gone(*, words: Words, at: datetime) -> None:
    """The writer took the words back: nothing is left to decide."""
    items_of(words).filter(state=State.OPEN).update(state=State.GONE, decided_at=at)


def note_left(*, membership: Membership, at: datetime) -> None:
    """Remember where somebody worked; see `Left`. The act itself has its journal entry."""
    Left.objects.create(person=membership.person_id, organisation=membership.organisation_id, at=at)


def place_anew(*, at: datetime) -> int:
    """Move up what waits where nobody can decide it any more; gives how many moved."""
    moved = 0
    waiting = with_words(Item.objects.filter(state=State.OPEN, desk__isnull=False))
    for item in waiting.order_by("opened_at", "pk")[:_ROUND]:
        desk = policy.place(matter_of(item.words, item=item), start=item.desk_id)
        if desk == item.desk_id:
            continue
        with transaction.atomic():
            same = Item.objects.filter(pk=item.pk, state=State.OPEN, desk=item.desk_id)
            if same.update(desk=desk):
                data = {"from": item.desk_id, "to": desk}
                record("item.moved", subject=item, actor=None, at=at, data=data)
                moved += 1
    return moved
