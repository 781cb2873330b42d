"""Which tests run on the second database as well (`--second-database`; CONTRIBUTING.md)."""

import re
from pathlib import Path

import pytest


def can_differ(item: pytest.Item) -> bool:
    """Whether another database could make a difference to a test.

    To one that commits, and so may race, wait for locks or begin anew; and to one marked
    `databases`, since it stands on SQL of our own, on how rows are sorted or rounded, starts a
    house, or walks through everything. What a browser shows is made of the same bytes.
    """
    if item.get_closest_marker("databases"):
        return True
    return commits(item) and not item.get_closest_marker("browser")


def commits(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    fixtures = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures or (mark and mark.kwargs.get("transaction")))


#: One of these stands in each file with such a test; tests/config/test_second_database.py.
_TOLD = re.compile(r"mark\.databases|transaction=True|transactional_db|live_server")


def could_differ(path: Path) -> bool:
    """Whether a file of tests has to be imported, to find those that can differ."""
    return bool(_TOLD.search(path.read_text(encoding="utf-8")))
