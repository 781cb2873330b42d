"""Who has a case open. It is no act: nothing follows from it, so the journal has no entry."""

from datetime import datetime

from django.db import transaction

from youthvoice.cases.choices import PRESENT
from youthvoice.cases.models import Case, Lane, Presence
from youthvoice.people.models import User


def be_here(*, case: Case, lane: Lane, by: User, is_writing: bool, at: datetime) -> None:
    """`by` has the page open, for the body whose lane it is, and may be writing."""
    Presence.objects.update_or_create(
        case=case,
        person=by,
        defaults={"body_id": lane.holder_id, "seen_at": at, "is_writing": is_writing},
    )


def forget_presences(*, at: datetime) -> int:
    """Who has left is not remembered. Gives how many rows went."""
    with transaction.atomic():
        gone, _kinds = Presence.objects.filter(seen_at__lt=at - PRESENT).delete()
    return gone
