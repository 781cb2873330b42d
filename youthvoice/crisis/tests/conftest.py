import pytest

from tests.factories import MONDAY, ask, member
from youthvoice.crisis.models import Record
from youthvoice.orgs.choices import Role

TITLE = "真的不想活了"


@pytest.fixture(autouse=True)
def _reads(held_reads):
    """No thread of reads beside a test."""


@pytest.fixture
def staff(house):
    """Lead and operator with addresses, and the lead of the committee above."""
    return {
        "lead": member(house.city, Role.LEAD, email="lead@mail.test"),
        "operator": member(house.province, Role.OPERATOR, email="operator@mail.test"),
        "above": member(house.province, Role.LEAD, email="above@mail.test"),
    }


@pytest.fixture
def opened(house, staff):
    """A nameless question in danger, and its record."""
    house.city.parent = house.province
    house.city.save()
    house.county.parent = house.city
    house.county.save()
    question = ask(title=TITLE, text="没有人知道。", at=MONDAY, key="8" * 32)
    return Record.objects.get(question=question)
