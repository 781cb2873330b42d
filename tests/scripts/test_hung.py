"""A web process that runs its Python no more is started again; one that is busy is left alone."""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.scripts.hanging import HangingHouse

pytestmark = [pytest.mark.xdist_group("hung"), pytest.mark.databases]

#: Looks in vain, one a second, of this house's supervisor; bench/hung.py takes the real number.
SILENT_MOST = 3
THREADS = 4
#: Ten times what its threads do at once, in one process or two.
MANY = 10 * THREADS * (2 if os.environ.get("DATABASE_URL") else 1)


@pytest.fixture(scope="module")
def hanging(shelf, tmp_path_factory):
    data = tmp_path_factory.mktemp("hanging") / "data"
    wanted = {"SILENT_MOST": str(SILENT_MOST), "WEB_THREADS": str(THREADS)}
    with (
        shelf.copied(data) as environ,
        HangingHouse(data, "--no-demo", **wanted, **environ) as house,
    ):
        yield house


def test_a_house_with_ten_times_its_load_lives(hanging):
    web, begun = hanging.child("web"), time.monotonic()

    with ThreadPoolExecutor(MANY) as visitors:
        answers = list(visitors.map(hanging.get, ["/busy/"] * MANY))

    assert answers == [200] * MANY
    # No process does more than one of them at a time.
    assert time.monotonic() - begun > SILENT_MOST
    assert hanging.child("web") == web
    assert hanging.hung() == 0


def test_a_pattern_without_end_stops_the_house_for_seconds_only(hanging):
    """The operator's click of the break-in test, by a page that stands for the next such hole."""
    web = hanging.child("web")
    hanging.remember()
    visitor = threading.Thread(target=hanging.get, args=["/hang/"])
    visitor.start()

    hanging.until(lambda: hanging.is_back(web), "it answers again")
    visitor.join()

    assert hanging.hung() == 1
    assert hanging.stop() == 0
