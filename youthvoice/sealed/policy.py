"""Who may, around sealed records: two named people, each at their own place.

The first asks, and removes the outer layer; the second grants, and opens the inner one.
Being named is not enough: both must be leads or operators in an active organisation.
"""

from django.conf import settings

from youthvoice.orgs import policy as orgs_policy
from youthvoice.orgs.policy import Anyone
from youthvoice.people.models import User
from youthvoice.sealed.models import Opening


def _is_named(user: Anyone, place: int) -> bool:
    named = settings.SEALED_OPENERS
    return (
        len(named) == 2
        and isinstance(user, User)
        and user.username == named[place]
        and orgs_policy.is_lead_or_operator(user)
    )


def is_first(user: Anyone) -> bool:
    return _is_named(user, 0)


def is_second(user: Anyone) -> bool:
    return _is_named(user, 1)


def is_named(user: Anyone) -> bool:
    return is_first(user) or is_second(user)


def may_ask(user: Anyone) -> bool:
    return is_first(user)


def may_peel(user: Anyone, opening: Opening) -> bool:
    """Not who granted it, should the places have changed meanwhile."""
    return is_first(user) and opening.decided_by_id != user.pk


def may_decide(user: Anyone, opening: Opening) -> bool:
    return is_second(user) and opening.asked_by_id != user.pk


def may_open(user: Anyone, opening: Opening) -> bool:
    return may_decide(user, opening)
