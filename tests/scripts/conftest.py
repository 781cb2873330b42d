"""One running house for many tests."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.scripts.house import House
from tests.scripts.prepared import Shelf


class Running:
    """A house that runs, started again only when a test has ended or spoilt it."""

    def __init__(self, shelf: Shelf, folder: Path) -> None:
        self.shelf, self.folder = shelf, folder
        self.house: House | None = None
        self._started = 0
        self._open = ExitStack()

    def get(self) -> House:
        if self.house is None or not self.house.is_well():
            self._open.close()
            self._started += 1
            data = self.folder / f"data{self._started}"
            environ = self._open.enter_context(self.shelf.copied(data))
            self.house = self._open.enter_context(House(data, "--no-demo", **environ))
        return self.house

    def close(self) -> None:
        try:
            if self.house and self.house.is_well():
                assert self.house.stop() == 0, self.house.log()
        finally:
            self._open.close()


@pytest.fixture(scope="session")
def _running(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = Running(shelf, tmp_path_factory.mktemp("running"))
    yield running
    running.close()


@pytest.fixture
def house(_running: Running) -> House:
    """A house without the demo's doors, started before and running now; a test may kill what
    it wants of it. Mark the test with `xdist_group("house")`: a start is what costs."""
    return _running.get()
