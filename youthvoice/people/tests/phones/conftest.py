"""What tests of telephones share."""

import pytest

from tests.factories import PersonFactory
from youthvoice.people.phones import sms
from youthvoice.people.tests.phones.phoning import NUMBER, give


@pytest.fixture
def sent(monkeypatch):
    """What left the house: number and code."""
    found = []
    monkeypatch.setattr(sms, "send", lambda number, code, *, at: found.append((number, code)))
    return found


@pytest.fixture
def owner(db):
    person = PersonFactory(username="xiaoli", nickname="小李")
    give(person, NUMBER)
    return person
