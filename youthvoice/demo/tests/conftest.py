import threading
from unittest.mock import patch

import pytest
from django.db import transaction

from tests.factories import MONDAY
from youthvoice.cases.actions import load_routes
from youthvoice.demo import actions as demo
from youthvoice.demo.actions import load_demo
from youthvoice.orgs.actions import load_province
from youthvoice.orgs.models import Region
from youthvoice.reads.actions import Recorder
from youthvoice.site import public


@pytest.fixture(autouse=True)
def reads(monkeypatch):
    """The reads' recorder, written only when a test says so.

    Its thread would write beside the test's transaction, and outlive the test.
    """
    recorder = Recorder()
    recorder._thread = threading.main_thread()
    monkeypatch.setattr(public, "recorder", recorder)
    return recorder


def load_house():
    load_province(at=MONDAY)
    load_routes(regions=list(Region.objects.values_list("code", flat=True)), at=MONDAY)


@pytest.fixture
def empty_house(db):
    """The province as it is before anybody lives in it."""
    load_house()


@pytest.fixture(scope="module")
def demo_house(django_db_setup, django_db_blocker):
    """The province with the demo, for a whole module: loading it takes seconds.

    Gives the number of its questions. What a test changes is gone after it, and all of it
    after the module.
    """
    with (
        django_db_blocker.unblock(),
        # In full size they would be drawn for longer than all else takes.
        patch.object(demo, "_PICTURE_WIDTH", 320),
        transaction.atomic(),
    ):
        load_house()
        yield load_demo(at=MONDAY)
        transaction.set_rollback(True)
