"""Who needs protection, and who may write under a name."""

from typing import Any

from django.db.models import Q, QuerySet

from youthvoice.people.choices import VERSIONS, AgeBand, Document, Origin
from youthvoice.people.models import Consent, Guardianship, User
from youthvoice.readymade.prepared import prepared


def is_protected(person: Any) -> bool:
    """Whether the rules for minors hold: for all but those who said that they are of age."""
    return not (isinstance(person, User) and person.age_band == AgeBand.ADULT)


def is_minor(person: Any) -> bool:
    """Whether they said that they aren't of age."""
    return isinstance(person, User) and person.age_band in {AgeBand.UNDER_14, AgeBand.YOUTH}


#: The same as a condition of queries.
UNPROTECTED = Q(age_band=AgeBand.ADULT)


def has_private_side(person: User) -> bool:
    """Imported people have no address and no way in: there is nothing to protect."""
    return person.origin == Origin.LOCAL


def missing_consents(person: User) -> list[Document]:
    """The documents whose present version the person hasn't agreed to. One query."""
    standing = set(_standing(person=person.pk))
    return [what for what, now in VERSIONS.items() if (what.value, now.name) not in standing]


@prepared("person")
def _standing(person: int) -> QuerySet[Any]:
    rows = Consent.objects.filter(person_id=person, withdrawn_at=None)
    return rows.values_list("what", "version")


def waits_for_guardian(person: User) -> bool:
    """Under 14, and no guardian has agreed to the present privacy page."""
    if person.age_band != AgeBand.UNDER_14:
        return False
    agreed = Guardianship.objects.filter(
        person=person, agreed_at__isnull=False, version=VERSIONS[Document.PRIVACY].name
    )
    return not agreed.exists()


def may_say_age(person: User, band: str, *, year: int) -> bool:
    """Younger at any time. Older in another year only, so that nobody gets around the
    guardian, or the stricter warnings, by going back one page."""
    if not person.age_band or person.age_said is None:
        return True
    order = list(AgeBand)
    older = order.index(AgeBand(band)) > order.index(AgeBand(person.age_band))
    return not older or year > person.age_said


def should_say_age(person: User, *, year: int) -> bool:
    """Who never did, and who said in an earlier year that they were not of age."""
    if not person.age_band or person.age_said is None:
        return True
    return person.age_band != AgeBand.ADULT and year > person.age_said
