"""The furnished house as it is served to a crowd: behind one proxy that tells their addresses."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from bench.rig.furnish import QUESTIONS, furnished
from tests.scripts.house import House

#: Visitors come from as many networks as there are visitors, as a proxy in front says; so no
#: limit is lifted, and none is reached but by whoever sends too much.
BEHIND_A_PROXY = {"TRUSTED_PROXIES": "1", "LOG_LEVEL": "WARNING", "WEB_BACKLOG": "4096"}


@contextmanager
def folder() -> Iterator[Path]:
    # Ended from outside, the bench leaves no house behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="youthvoice-bench-") as made:
        yield Path(made)


@contextmanager
def serving(
    where: Path, *, ready_made: str = "", questions: int = QUESTIONS, **environ: str
) -> Iterator[tuple["BenchHouse", dict[str, Any]]]:
    """A house in `where`, and what furnishing told; `ready_made` is a furnished folder of which
    a copy is taken (`bench/rig/furnish.py` makes one)."""
    data = where / "house"
    if ready_made:
        shutil.copytree(ready_made, data)
        shutil.copy(f"{ready_made.rstrip('/')}.json", f"{data}.json")
    told = furnished(data, questions, **environ)
    with BenchHouse(data, "--no-demo", **BEHIND_A_PROXY, **environ) as house:
        yield house, told
        house.stop()


class BenchHouse(House):
    def wait_until_ready(self) -> None:
        self.until(lambda: self.get("/robots.txt") == 200, "the house answers")
        self.until(lambda: self.child("worker"), "its worker runs")

    def everybody(self) -> list[psutil.Process]:
        """The supervisor and all that it started."""
        return [self.process, *self.process.children(recursive=True)]


def set_up_beside(data: Path, **environ: str) -> None:
    """Make this process another one of the same house, as a command of an operator is."""
    os.environ |= {"YOUTHVOICE_DATA": str(data), "LOG_LEVEL": "ERROR"} | environ
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
