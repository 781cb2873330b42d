import pytest

from tests.factories import MONDAY
from youthvoice.kit import clock


@pytest.fixture(autouse=True)
def reads(held_reads):
    """Pages count reads; a thread of its own would write beside the test's transaction."""
    return held_reads


@pytest.fixture
def at(monkeypatch):
    """Stops the house's clock at MONDAY, or sets it to another moment."""

    def set_time(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_time(MONDAY)
    return set_time
