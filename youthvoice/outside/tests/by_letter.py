"""Letters to a body without accounts, as tests make and use them."""

from tests.factories import MONDAY, member
from youthvoice.cases.models import Hop
from youthvoice.outside import actions

WRONG = "99999999x"


def issue(hop, *, by=None, when=MONDAY):
    person = by or member(hop.lane.case.holder)
    return actions.issue_code(hop=fresh(hop), by=person, at=when)


def fresh(hop):
    return Hop.objects.select_related("lane__case__question", "receiver", "sender").get(pk=hop.pk)


def use(token, code, when=MONDAY):
    return actions.use_code(token=token, code=code, at=when)
