"""Who may, as far as organisations decide it.

A membership gives its rights only in a session in which a second factor was used. Every
rule here passes through `_has`, and no other module asks the table of memberships.
"""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser

from youthvoice.orgs.choices import LEADS_GIVE, Role
from youthvoice.orgs.models import Membership
from youthvoice.people.factors import factor
from youthvoice.people.models import User

Anyone = User | AnonymousUser


def _has(user: Anyone, **condition: object) -> bool:
    return isinstance(user, User) and _works(user, **condition) and not factor.is_awaited(user)


def _works(user: User, **condition: object) -> bool:
    memberships = Membership.objects.filter(person=user, organisation__is_active=True, **condition)
    return user.is_active and memberships.exists()


def is_member(user: Anyone, organisation_id: int | None) -> bool:
    """Works in this organisation, in whatever role."""
    return organisation_id is not None and _has(user, organisation_id=organisation_id)


def is_staff(user: Anyone) -> bool:
    """Works in any organisation."""
    return _has(user)


def is_counted_as_staff(user: Anyone) -> bool:
    """Works in any organisation: their reads and acts are counted apart. Gives no right."""
    return isinstance(user, User) and _works(user)


def is_operator(user: Anyone) -> bool:
    return _has(user, role=Role.OPERATOR)


def has_operator(memberships: Iterable[Membership]) -> bool:
    """Whether one of these is an operator's; for whoever has read them anyway."""
    return any(membership.role == Role.OPERATOR for membership in memberships)


def may_invite(memberships: Iterable[Membership], organisation_id: int) -> bool:
    """Whether one of these lets people be invited there; for whoever has read them anyway."""
    return any(
        one.role == Role.OPERATOR
        or (one.role == Role.LEAD and one.organisation_id == organisation_id)
        for one in memberships
    )


def has_role(user: Anyone, *roles: str) -> bool:
    """Has one of the roles in any organisation."""
    return _has(user, role__in=roles)


def is_lead_of(user: Anyone, organisation_ids: Iterable[int]) -> bool:
    """Leads one of these organisations."""
    return _has(user, role=Role.LEAD, organisation_id__in=list(organisation_ids))


def is_lead_or_operator(user: Anyone) -> bool:
    return has_role(user, Role.LEAD, Role.OPERATOR)


def roles_to_give(user: Anyone, organisation_id: int) -> list[Role]:
    """The roles to which the person may invite others there; none for most people."""
    if is_operator(user):
        return list(Role)
    return list(LEADS_GIVE) if is_lead_of(user, [organisation_id]) else []


def may_answer_for(user: Anyone, organisation_id: int) -> bool:
    return is_member(user, organisation_id)
