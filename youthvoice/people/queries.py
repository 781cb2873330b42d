import hashlib
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import QuerySet

from youthvoice.people.choices import GUARDIAN_LINK, VERSIONS, Document
from youthvoice.people.models import Consent, Guardianship, User


@dataclass(frozen=True)
class Standing:
    """Where somebody stands with one document."""

    what: Document
    version: str
    given: Consent | None
    #: Agreed to an earlier version only.
    is_old: bool


def standings(person: User) -> list[Standing]:
    """The documents in their order. One query."""
    rows = Consent.objects.filter(person=person, withdrawn_at=None)
    standing = {row.what: row for row in rows}
    return [
        Standing(
            what,
            now.name,
            given := standing.get(what),
            is_old=given is not None and given.version != now.name,
        )
        for what, now in VERSIONS.items()
    ]


def hash_of(token: str) -> str:
    """256 random bits need no slow hash."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


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


def proven_address(person: User) -> str:
    """Where letters to somebody may go: an address that they proved is theirs; else empty."""
    rows = EmailAddress.objects.filter(user=person, verified=True).order_by("-primary", "pk")
    return rows.values_list("email", flat=True).first() or ""
