import threading

import pytest

from tests.factories import MONDAY
from youthvoice.kit import clock
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


@pytest.fixture
def at(monkeypatch):
    """Stops the house's clock at MONDAY, or sets it to another moment."""

    def set_time(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_time(MONDAY)
    return set_time
