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


@pytest.fixture
def store(settings, tmp_path):
    """A store of pictures of the test's own: others may draw at the same time."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def stored(store):
    """Gives the names of the files that are in the store."""
    return lambda: {path.name for path in store.rglob("*") if path.is_file()}
