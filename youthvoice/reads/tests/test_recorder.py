"""Reads gathered in memory reach the database, whatever happens on the way."""

import subprocess
import sys
import threading
import time

import pytest
import structlog
from django.conf import settings as django_settings
from django.db import connection, connections

from tests.factories import MONDAY
from youthvoice.reads import actions, queries
from youthvoice.reads.actions import Recorder, stop, write
from youthvoice.reads.choices import Audience
from youthvoice.reads.visitors import Visitor

pytestmark = pytest.mark.databases

PATIENCE = 60


def visitor(number=1):
    return Visitor(number.to_bytes(16, "big"), Audience.PUBLIC)


@pytest.fixture
def quiet():
    """A recorder that writes only when it is told."""
    recorder = Recorder()
    recorder._thread = threading.main_thread()
    return recorder


@pytest.fixture
def logged(monkeypatch):
    with structlog.testing.capture_logs() as lines:
        # The module's logger may have been bound to the real output by an earlier test.
        monkeypatch.setattr(actions, "_log", structlog.get_logger("youthvoice.reads"))
        yield lines


def until(holds):
    """Wait for what another thread does."""
    give_up = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < give_up, "it never happened"
        time.sleep(0.01)


@pytest.mark.django_db
def test_what_waits_is_written_once(quiet):
    for number in (1, 2, 2):
        quiet.add(target="home", visitor=visitor(number), at=MONDAY)

    assert (quiet.flush(), quiet.flush()) == (2, 0)
    assert queries.totals(["home"]) == {"home": 2}


@pytest.mark.django_db
def test_a_flush_that_fails_keeps_the_batch_and_what_came_meanwhile(quiet, monkeypatch):
    quiet.add(target="home", visitor=visitor(1), at=MONDAY)

    def fail(batch):
        quiet.add(target="home", visitor=visitor(2), at=MONDAY)
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(actions, "write", fail)
        with pytest.raises(ZeroDivisionError):
            quiet.flush()

    assert queries.totals(["home"]) == {}
    assert quiet.flush() == 2


@pytest.mark.django_db
def test_many_threads_may_add(quiet):
    def add(first):
        for number in range(first, first + 200):
            quiet.add(target="home", visitor=visitor(number), at=MONDAY)

    threads = [threading.Thread(target=add, args=[n * 100]) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)

    assert quiet.flush() == 600


@pytest.mark.django_db(transaction=True)
def test_reads_are_written_soon_and_again_after_a_failure(settings, monkeypatch, logged):
    settings.READS_FLUSH_SECONDS = 0.01
    failures = iter([ZeroDivisionError])

    def write_in_its_thread(batch):
        try:
            for failure in failures:
                raise failure
            return write(batch)
        finally:
            # The thread lives on; its connection must not outlive the test's database.
            connections.close_all()

    monkeypatch.setattr(actions, "write", write_in_its_thread)
    recorder = Recorder()

    recorder.add(target="home", visitor=visitor(1), at=MONDAY)
    until(lambda: queries.totals(["home"]) == {"home": 1})
    recorder.add(target="home", visitor=visitor(2), at=MONDAY)
    until(lambda: queries.totals(["home"]) == {"home": 2})

    assert [line["event"] for line in logged] == ["reads.flush_failed"]


@pytest.mark.django_db
def test_stopping_writes_what_is_left(quiet, monkeypatch):
    monkeypatch.setattr(actions, "recorder", quiet)
    quiet.add(target="home", visitor=visitor(), at=MONDAY)

    stop()

    assert queries.totals(["home"]) == {"home": 1}


@pytest.mark.django_db
def test_stopping_without_a_database_says_what_is_lost_and_does_not_fail(
    quiet, monkeypatch, logged
):
    monkeypatch.setattr(actions, "recorder", quiet)
    monkeypatch.setattr(actions, "write", lambda batch: 1 / 0)
    quiet.add(target="home", visitor=visitor(), at=MONDAY)

    stop()

    assert [line["event"] for line in logged] == ["reads.lost_at_stop"]


_PROGRAM = """
import sys
from datetime import datetime, timezone
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.READS_FLUSH_SECONDS = 600
import django
django.setup()
from youthvoice.reads.actions import recorder
from youthvoice.reads.visitors import Visitor
recorder.add(
    target="home", visitor=Visitor(b"v" * 16, "p"), at=datetime.now(timezone.utc)
)
"""


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
def test_a_process_that_ends_cleanly_loses_no_read():
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(connection.settings_dict["NAME"])],
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert queries.totals(["home"]) == {"home": 1}
