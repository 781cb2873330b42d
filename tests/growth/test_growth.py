"""No page, no act and no step of the clock costs the database more because there is more.

A house of 500 questions beside one of 2,500: what SQLite does for each is counted in its own
instructions, which no other work on the machine changes. `bench/growth.py` takes 4,000 and a
million, also on PostgreSQL.
"""

from functools import partial

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Sum
from django.test import Client

from bench.loading import fill
from bench.measuring import instructions
from tests.factories import OrganisationFactory
from youthvoice.clock import registry
from youthvoice.kit import clock
from youthvoice.orgs.choices import OrgKind
from youthvoice.people.models import User
from youthvoice.questions.models import Question

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.walk,
    pytest.mark.usefixtures("held_reads"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="counts instructions of SQLite"),
]
SMALL, LARGE = 500, 2500
BAR = 1.3
#: Hundreds of instructions that it takes to show a few rows more.
SLACK = 60
PUBLIC = (
    "/",
    "/?field=work",
    "/?kind=consult",
    "/?field=work&kind=consult",
    "/?region=410100",
    "/?show=hot",
    "/?show=hot&kind=help",
    "/?show=waiting",
    "/?show=waiting&region=410100",
    "/?show=solved",
    "/pulse/",
    "/orgs/tuan-410000/",
    "/orgs/tuan-410122/",
    "/ledger/",
    "/ledger/?show=open",
    "/ledger/?show=overdue",
    "/ledger/?body=office",
    "/rates/",
    "/rates/?by=month",
    "/topics/",
    "/topics/1/",
    "/q/{}/",
    "/ask/",
)
STAFFS = ("/desk/", "/desk/tuan-410000/", "/cases/{}/", "/moderation/queue/")
#: These do more where there is more, as far as they go: the newest 2,000; the whole file at night.
STEPS_APART = {"cases.gather", "yours.rewrite"}


def _looks():
    """What is looked at, by name, in the house as it is."""
    anybody, staff = Client(), Client()
    staff.force_login(User.objects.get(memberships__organisation__slug="tuan-410000"))
    open_one = Question.objects.waiting().filter(case__holder__slug="tuan-410000").first().pk
    looks = {
        address: partial(_get, client, address.format(open_one))
        for client, addresses in ((anybody, PUBLIC), (staff, STAFFS))
        for address in addresses
    }
    for step in registry.steps():
        if step.name not in STEPS_APART:
            looks[step.name] = lambda step=step: step.work(at=clock.now())
    looks["planted: reckoned anew"] = lambda: Question.objects.listed().aggregate(Sum("hot"))
    looks["planted: not along an index"] = lambda: list(
        Question.objects.listed().order_by("title")[:20]
    )
    return looks


def _get(client, address):
    response = client.get(address)
    assert response.status_code == 200, address


def _counted(questions):
    """The instructions of each look at a house of so many questions, which is gone again."""
    with transaction.atomic():
        fill(questions, open_ones=questions * 4 // 10)
        found = {}
        looks = _looks()
        for name in ("/", "/desk/"):
            looks[name]()
        for name, look in looks.items():
            cache.clear()
            found[name] = instructions(look)
        transaction.set_rollback(True)
    return found


def test_nothing_costs_more_in_a_house_five_times_as_large():
    OrganisationFactory.create(slug="office", kind=OrgKind.GOVERNMENT)
    small, large = _counted(SMALL), _counted(LARGE)

    both = {name: (small[name], large[name]) for name in small}
    dearer = {name for name, (few, many) in both.items() if many > BAR * few + SLACK}
    planted = {name for name in both if name.startswith("planted")}

    assert planted <= dearer
    assert {name: both[name] for name in dearer - planted} == {}
