"""Limits that are used up, for tests of what happens then."""

from youthvoice.kit import clock
from youthvoice.limits import actions
from youthvoice.limits.choices import LIMITS
from youthvoice.limits.models import Count


def fill(what, who, *, left=0, at=None):
    """Use all but `left`."""
    actions.take(what, who=who, at=at or clock.now(), many=LIMITS[what].most - left)


def used(what, who):
    row = Count.objects.filter(key=actions.Want(what, who).key).first()
    return row.used if row else 0
