import threading
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.access.world import World, build_world
from youthvoice.orgs.queries import forget_regions
from youthvoice.reads.actions import Recorder
from youthvoice.site import public


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One house a module. Its tests take back what they do, and all of it goes at the end."""
    with (
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        # Its thread would write beside our transaction.
        recorder = Recorder()
        recorder._thread = threading.main_thread()
        patch.setattr(public, "recorder", recorder)
        yield build_world()
        transaction.set_rollback(True)
    forget_regions()
    cache.clear()
