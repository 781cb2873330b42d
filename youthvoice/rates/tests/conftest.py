import pytest
from django.core.cache import cache

from tests.factories import MONDAY
from youthvoice.kit import clock


@pytest.fixture(autouse=True)
def nothing_kept(settings):
    """No month's numbers outlive the test that made their rows."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def at(monkeypatch):
    """Stops the house's clock at MONDAY, or sets it to another moment."""

    def set_time(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_time(MONDAY)
    return set_time
