"""Who may, as far as organisations decide it."""

from django.contrib.auth.models import AnonymousUser

from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership
from youthvoice.people.models import User

Anyone = User | AnonymousUser


def _has(user: Anyone, **condition: object) -> bool:
    return (
        isinstance(user, User)
        and user.is_active
        and Membership.objects.filter(
            person=user, organisation__is_active=True, **condition
        ).exists()
    )


def is_member(user: Anyone, organisation_id: int | None) -> bool:
    """Works in this organisation, in whatever role."""
    return organisation_id is not None and _has(user, organisation_id=organisation_id)


def is_staff(user: Anyone) -> bool:
    """Works in any organisation: their reads and acts are counted apart."""
    return _has(user)


def is_operator(user: Anyone) -> bool:
    return _has(user, role=Role.OPERATOR)


def is_lead_or_operator(user: Anyone) -> bool:
    return _has(user, role__in=(Role.LEAD, Role.OPERATOR))


def may_answer_for(user: Anyone, organisation_id: int) -> bool:
    return is_member(user, organisation_id)
