import pytest

from tests.factories import PersonFactory, ask
from youthvoice.callbacks.tests.together import AT, merge, reply, turn


@pytest.fixture(autouse=True)
def reads(held_reads):
    """Pages count reads; a thread of its own would write beside the test's transaction."""
    return held_reads


@pytest.fixture
def group(house):
    """A lead with an answer, one that hangs on it, and what its asker is to be asked."""
    lead, one = ask(title="松园的热水停了两周"), ask(by=PersonFactory())
    merge(one, into=lead)
    reply(lead, house)
    turn(AT)
    return lead, one
