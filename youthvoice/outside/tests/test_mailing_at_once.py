"""Several send at once: one letter goes, the others are told, and its code opens what went."""

from functools import partial

import pytest
from django.core import mail
from django.db import IntegrityError

from tests import together
from tests.factories import MONDAY, ask, member
from youthvoice.cases.actions import SomebodyWasFirst
from youthvoice.cases.tests.working import HOUR, refer
from youthvoice.outside import actions
from youthvoice.outside.actions import Tried, mail_to_bodies
from youthvoice.outside.models import Mailing, OutsideCode
from youthvoice.outside.tests.by_letter import fresh, use
from youthvoice.outside.tests.by_mail import code_of, library, link_of

pytestmark = pytest.mark.django_db(transaction=True)
at_once = partial(together.at_once, refused=SomebodyWasFirst)
CLIENTS = 6


@pytest.fixture
def hop(house):
    return refer(ask(), library(), at=MONDAY)[0]


def ordering(hop, by):
    seen = fresh(hop)
    return lambda: actions.order_mail(hop=seen, code_follows=True, by=by, at=MONDAY)


def test_of_six_who_send_one_letter_goes_and_the_others_are_told(house, hop):
    people = [member(house.city) for _n in range(CLIENTS)]

    results = at_once(*(ordering(hop, person) for person in people))

    refused = [result for result in results if isinstance(result, SomebodyWasFirst)]
    assert len(refused) == CLIENTS - 1
    assert Mailing.objects.count() == 1


def test_without_the_look_at_what_waits_the_table_itself_refuses(house, hop, monkeypatch):
    """The control: those who are refused do come for the same letter."""
    monkeypatch.setattr(mail_to_bodies, "_waiting", lambda hop: Mailing.objects.none())
    people = [member(house.city) for _n in range(CLIENTS)]

    def tried(act):
        def run():
            try:
                return act()
            except IntegrityError as problem:
                return problem

        return run

    results = at_once(*(tried(ordering(hop, person)) for person in people))

    assert sum(isinstance(result, IntegrityError) for result in results) == CLIENTS - 1
    assert Mailing.objects.count() == 1


def test_two_workers_send_it_once(hop, house):
    actions.order_mail(hop=fresh(hop), code_follows=True, by=member(house.city), at=MONDAY)

    def send(at):
        return lambda: actions.send_mailings(at=at)

    assert sum(at_once(*[send(MONDAY)] * 3)) == 1
    assert sum(at_once(*[send(MONDAY + HOUR)] * 3)) == 1

    letter, code = mail.outbox
    assert use(link_of(letter), code_of(code), when=MONDAY + HOUR) == Tried.RIGHT


def test_a_letter_by_hand_and_one_by_mail_at_once_leave_one_that_opens(house, hop):
    """Whichever comes first: the one by hand stops what waits, or ends what went."""
    holder = member(house.city)
    actions.order_mail(hop=fresh(hop), code_follows=False, by=holder, at=MONDAY)
    seen = fresh(hop)

    _sent, (token, code) = at_once(
        lambda: actions.send_mailings(at=MONDAY),
        lambda: actions.issue_code(hop=seen, by=holder, at=MONDAY + HOUR),
    )

    assert OutsideCode.objects.count() == 1
    assert use(token, code, when=MONDAY + HOUR) == Tried.RIGHT
