"""Who may take their data along, and leave."""

from youthvoice.orgs import policy as orgs_policy
from youthvoice.people.models import User
from youthvoice.yours.models import Export


def may_leave(person: User) -> bool:
    """Who works in an organisation hands over first: the house must not lose its last operator."""
    return person.is_active and not orgs_policy.is_counted_as_staff(person)


def may_take(person: User, export: Export) -> bool:
    return person.is_active and export.person_id == person.pk
