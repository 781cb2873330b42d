"""Reads gathered in memory reach the database, whatever happens on the way."""

import subprocess
import sys
import threading
import time
from itertools import pairwise

import pytest
import structlog
from django.conf import settings as django_settings
from django.db import connection, connections

from tests.factories import MONDAY
from youthvoice.reads import actions, queries
from youthvoice.reads import spool as spool_module
from youthvoice.reads.actions import Recorder, stop, write
from youthvoice.reads.choices import Audience
from youthvoice.reads.spool import Spool
from youthvoice.reads.visitors import Visitor

pytestmark = pytest.mark.databases

PATIENCE = 60


def visitor(number=1):
    return Visitor(number.to_bytes(16, "big"), Audience.PUBLIC)


@pytest.fixture(autouse=True)
def own_spool(settings, tmp_path):
    """What other tests' processes left behind is not this one's to take over."""
    settings.READS_SPOOL = tmp_path / "spool"


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


def head(number=1):
    return b"", b"Mozilla/5.0", f"203.0.113.{number}", b""


def test_what_is_given_while_somebody_looks_wakes_them_again(quiet):
    quiet.give(("home",), head(1), 0)
    # As the thread does before it begins to look; the first is still there then.
    quiet._wake.clear()
    quiet.give(("home",), head(2), 0)

    assert quiet._wake.is_set()


@pytest.mark.django_db(transaction=True)
def test_who_stops_waits_for_what_is_being_looked_at(quiet, monkeypatch):
    looks, goes_on = threading.Event(), threading.Event()

    def slowly(seen, *, at):
        looks.set()
        assert goes_on.wait(PATIENCE)
        return visitor()

    def last_batch():
        try:
            written.append(quiet.flush())
        finally:
            connections.close_all()

    written = []
    monkeypatch.setattr(actions, "identify", slowly)
    quiet.give(("home",), head(), 0)
    looker = threading.Thread(target=quiet.gather)
    stopper = threading.Thread(target=last_batch)
    looker.start()
    assert looks.wait(PATIENCE)
    stopper.start()
    # Whoever doesn't wait is done by then, with nothing.
    stopper.join(0.5)
    goes_on.set()
    looker.join(PATIENCE)
    stopper.join(PATIENCE)

    assert written == [1]


_KILLED = (
    _PROGRAM
    + """
import os, signal, time
recorder.give(("home",), (b"", b"Mozilla/5.0", "203.0.113.9", b""), int(time.time()) // 3600)
time.sleep(actions_second)
os.kill(os.getpid(), signal.SIGKILL)
"""
)


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_leaves_its_reads_to_the_next(settings, tmp_path):
    settings.READS_SPOOL = tmp_path / "reads"
    program = _KILLED.replace("actions_second", str(2 * actions._GATHER_SECONDS))
    program = program.replace(
        "import django\n", f"settings.READS_SPOOL = {str(settings.READS_SPOOL)!r}\nimport django\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(connection.settings_dict["NAME"])],
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, queries.totals(["home"])) == (-9, {})

    settings.READS_FLUSH_SECONDS = 600
    following = Recorder()
    following._open_spool()
    assert following.flush() == 2
    assert queries.totals(["home"]) == {"home": 2}
    # A third finds nothing more, nor what a living one holds.
    third = Recorder()
    third._open_spool()
    assert third.flush() == 0
    following.close()
    third.close()
    assert list(settings.READS_SPOOL.iterdir()) == []


def test_a_spool_tells_no_order(settings, tmp_path):
    spool = Spool(tmp_path)
    marks = [number.to_bytes(16, "big") for number in range(1, 101)]
    for mark in marks:
        spool.keep(mark, "home", 495_000, "p")
    order = [spool._used[mark] for mark in marks]
    rises = sum(one < other for one, other in pairwise(order))
    # Of 99 steps of a random order about half rise; all of them would, were it kept.
    assert 25 < rises < 75

    spool.forget(marks[:50])
    again = [number.to_bytes(16, "big") for number in range(201, 251)]
    for mark in again:
        spool.keep(mark, "home", 495_000, "p")
    assert sorted(spool._used[mark] for mark in again) != sorted(order[:50])
    kept = sorted(mark for mark, _read in spool_module._read(bytes(spool._map)))
    assert kept == sorted(marks[50:] + again)
    spool.close()


def test_a_full_spool_is_written_at_once_and_holds_what_it_can(quiet, tmp_path, monkeypatch):
    monkeypatch.setattr(spool_module, "_PLACES", 3)
    quiet._spool = Spool(tmp_path)
    for number in range(5):
        quiet.add(target="home", visitor=visitor(number), at=MONDAY)

    assert quiet._is_full
    assert len(quiet._waiting) == 5
    quiet.close()


def test_without_room_for_a_spool_reads_are_counted_all_the_same(settings, tmp_path, logged):
    blocked = tmp_path / "file"
    blocked.write_text("")
    settings.READS_SPOOL = blocked / "reads"
    recorder = Recorder()

    recorder._open_spool()
    recorder._thread = threading.main_thread()
    recorder.add(target="home", visitor=visitor(), at=MONDAY)

    assert (recorder._spool, len(recorder._waiting)) == (None, 1)
    assert [line["event"] for line in logged] == ["reads.no_spool"]
