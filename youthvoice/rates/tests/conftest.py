import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nothing_kept(settings):
    """No month's numbers outlive the test that made their rows."""
    cache.clear()
    yield
    cache.clear()
