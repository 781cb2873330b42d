import threading

import pytest

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
