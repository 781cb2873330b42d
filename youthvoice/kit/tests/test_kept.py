"""What is kept in memory for a while."""

import pytest
from django.core.cache import cache

from youthvoice.kit.kept import Kept


@pytest.fixture
def kept():
    return Kept("tests.kept", seconds=60)


def test_it_is_given_as_it_is(kept):
    value = {"many": ["rows"]}

    assert kept.get() is None
    assert kept.keep(value) is value
    assert kept.get() is value


@pytest.mark.parametrize("forget", [lambda kept: kept.forget(), lambda kept: cache.clear()])
def test_it_is_forgotten(kept, forget):
    kept.keep({})

    forget(kept)

    assert kept.get() is None


def test_its_time_is_over_at_some_time():
    kept = Kept("tests.kept", seconds=0)
    kept.keep({})

    assert kept.get() is None


def test_another_ones_value_is_not_taken_for_it(kept):
    """As when it was read anew meanwhile, in another thread, and thrown away here."""
    kept.keep({"old": 1})
    Kept("tests.kept", seconds=60).keep({"new": 1})

    assert kept.get() is None
