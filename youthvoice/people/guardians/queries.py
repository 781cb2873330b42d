"""Whom guardians are asked about."""

from datetime import datetime

from django.db.models import QuerySet

from youthvoice.people.choices import GUARDIAN_LINK
from youthvoice.people.models import Guardianship, User
from youthvoice.people.queries import hash_of


def asked_guardian(token: str, *, at: datetime) -> Guardianship | None:
    """Whom a letter's link is about; wrong, used and old ones are told alike."""
    rows = Guardianship.objects.select_related("person").filter(person__is_active=True)
    return rows.filter(token_hash=hash_of(token), sent_at__gt=at - GUARDIAN_LINK).first()


def guardianship_of(person: User) -> Guardianship | None:
    return Guardianship.objects.filter(person=person).first()


def unanswered(*, at: datetime) -> "QuerySet[Guardianship, int]":
    """The numbers of people whose guardian's time is over."""
    late = Guardianship.objects.filter(erase_at__lte=at).order_by("pk")
    return late.values_list("person_id", flat=True)
