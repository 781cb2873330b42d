import logging
import os
import threading
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.access import sampling
from tests.access.world import World, build_world
from youthvoice.orgs.queries import forget_regions
from youthvoice.reads import actions as reads

#: Seconds. Who signed in as the house was built hasn't left, however slow the machine.
_DAY = 24 * 60 * 60


@pytest.fixture(scope="package")
def choice(request: pytest.FixtureRequest) -> sampling.Choice:
    """Who is sent to each row. `ACCESS=whole` is how bench/access.py asks for everybody."""
    if request.config.getoption("--second-database"):
        return sampling.for_the_database
    return sampling.everyone if os.environ.get("ACCESS") == "whole" else sampling.enough


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One house for a folder. Its tests take back what they do, and all of it goes at the end."""
    with (
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=_DAY, STAFF_IDLE_SECONDS=_DAY),
        transaction.atomic(),
    ):
        # Its thread would write beside our transaction.
        recorder = reads.Recorder()
        recorder._thread = threading.main_thread()
        patch.setattr(reads, "recorder", recorder)
        # Nobody reads what thousands of requests would leave in the log.
        patch.setattr(logging.getLogger("youthvoice.web"), "disabled", True)
        yield build_world()
        transaction.set_rollback(True)
    forget_regions()
    cache.clear()
