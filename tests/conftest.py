"""What tests in several folders share."""

import os
from collections.abc import Iterator

import pytest

from tests.scripts.prepared import Shelf


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Houses that were started once in this run, to be copied."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "shelf"
    folder.mkdir(exist_ok=True)
    shelf = Shelf(folder)
    yield shelf
    shelf.close()
