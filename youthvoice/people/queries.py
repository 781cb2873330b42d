import hashlib
from dataclasses import dataclass

from allauth.account.models import EmailAddress

from youthvoice.people.choices import VERSIONS, Document
from youthvoice.people.models import Consent, User


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


def proven_address(person: User) -> str:
    """Where letters to somebody may go: an address that they proved is theirs; else empty."""
    rows = EmailAddress.objects.filter(user=person, verified=True).order_by("-primary", "pk")
    return rows.values_list("email", flat=True).first() or ""
