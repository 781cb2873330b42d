"""Who may let a letter go by mail, where, and how often."""

from datetime import timedelta

import pytest
from django.core import mail

from tests.factories import MONDAY, PersonFactory, ask, member
from youthvoice.cases.actions import SomebodyWasFirst, UnableToMove
from youthvoice.cases.tests.working import DAY, HOUR, refer
from youthvoice.orgs.choices import Role
from youthvoice.outside import actions
from youthvoice.outside.actions import Tried
from youthvoice.outside.choices import MAIL_MOVES, MAILED_MOST, MailState
from youthvoice.outside.models import Mailing
from youthvoice.outside.tests.by_letter import fresh, use
from youthvoice.outside.tests.by_mail import library, link_of, order, send

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def body(house):
    return library(region_id="410100")


@pytest.fixture
def question(house):
    return ask()


@pytest.fixture
def hop(question, body):
    return refer(question, body, at=MONDAY)[0]


def test_only_those_who_hold_the_case_send_one(house, hop, body):
    for person in (PersonFactory(), member(house.county), member(house.province, Role.OPERATOR)):
        with pytest.raises(UnableToMove):
            order(hop, by=person)
    member(body)
    with pytest.raises(UnableToMove):
        order(hop)
    assert not Mailing.objects.exists()


def test_without_an_address_nothing_is_ordered(house, question):
    hop = refer(question, house.experts, at=MONDAY)[0]

    with pytest.raises(UnableToMove, match="还要有邮箱"):
        order(hop)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend"),
        ("ALLOWED_HOSTS", ["127.0.0.1", "localhost"]),
    ],
)
def test_where_no_mail_reaches_anybody_nothing_is_ordered(hop, settings, name, value):
    setattr(settings, name, value)

    with pytest.raises(UnableToMove, match="寄不了"):
        order(hop)


def test_one_at_a_time(hop):
    order(hop)

    with pytest.raises(SomebodyWasFirst, match="已经有一封在寄"):
        order(hop)


def test_a_few_a_day_to_one_body_for_one_matter(hop, question):
    for n in range(MAILED_MOST):
        order(hop, code_follows=True, at=MONDAY + n * HOUR)
        send(at=MONDAY + n * HOUR)
        send(at=MONDAY + n * HOUR + MINUTE)

    with pytest.raises(UnableToMove, match="一天最多"):
        order(hop, at=MONDAY + DAY - MINUTE)
    order(hop, at=MONDAY + DAY)
    other = refer(question, library(slug="other"), at=MONDAY)[0]
    order(other, at=MONDAY)


def test_a_later_letter_ends_the_earlier_ones_link(hop):
    order(hop)
    send()
    order(hop, at=MONDAY + HOUR)
    send(at=MONDAY + HOUR)

    holder = member(hop.lane.case.holder)
    code = actions.new_code(hop=fresh(hop), by=holder, at=MONDAY + HOUR)
    first, second = map(link_of, mail.outbox)
    assert use(first, code, when=MONDAY + HOUR) == Tried.GONE
    assert use(second, code, when=MONDAY + HOUR) == Tried.RIGHT


def test_a_run_is_a_batch(question, monkeypatch):
    monkeypatch.setattr("youthvoice.outside.actions.mail_to_bodies._AT_ONCE", 2)
    for n in range(3):
        order(refer(question, library(slug=f"library-{n}"), at=MONDAY)[0])

    assert [send() for _n in range(3)] == [2, 1, 0]


def test_every_state_of_a_mail_is_in_the_table():
    assert set(MAIL_MOVES) == set(MailState)
    assert {to for moves in MAIL_MOVES.values() for to in moves} == set(MailState) - {"waiting"}
