"""Letters that go by mail, as tests order, send and read them."""

import re

from tests.factories import MONDAY, OrganisationFactory, member
from youthvoice.outside import actions
from youthvoice.outside.tests.by_letter import fresh

BOX = "box@mail.test"
NO_SERVER = "no.such.Backend"


def library(**kwargs):
    """A body without accounts that has a mailbox."""
    given = {"slug": "library", "kind": "expert", "short_name": "县图书馆"} | kwargs
    return OrganisationFactory(contact_email=BOX, **given)


def order(hop, *, by=None, code_follows=False, at=MONDAY):
    person = by or member(hop.lane.case.holder)
    return actions.order_mail(hop=fresh(hop), code_follows=code_follows, by=person, at=at)


def send(at=MONDAY):
    return actions.send_mailings(at=at)


def link_of(mail):
    """What stands in the link of a mail."""
    return re.search(r"http://testserver/out/([-\w]+)/", mail.body)[1]


def code_of(mail):
    return re.search(r"[0-9]{4} [0-9]{4}", mail.body)[0]
