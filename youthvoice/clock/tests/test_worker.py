"""The worker: tasks and due steps, once or until it is told to stop."""

import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
import structlog
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection
from django_tasks import task

from youthvoice.clock import registry
from youthvoice.clock.management.commands import worker
from youthvoice.clock.models import Heartbeat, Step
from youthvoice.clock.queries import seconds_silent
from youthvoice.kit import clock

PATIENCE = 60
done: list[object] = []


@task()
def note(word):
    done.append(word)


@pytest.fixture
def ran(monkeypatch):
    """The moments at which the only step ran."""
    moments = []
    monkeypatch.setattr(registry, "_steps", {})
    registry.add("digest", every=timedelta(hours=1), work=lambda *, at: moments.append(at))
    return moments


def until(holds):
    """Wait for what another process does."""
    give_up = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < give_up, "it never happened"
        time.sleep(0.05)


@pytest.mark.django_db
def test_once_does_what_is_due_leaves_a_sign_and_ends(ran):
    call_command("worker", "--once")
    call_command("worker", "--once")

    assert len(ran) == 1
    assert seconds_silent(at=clock.now()) < PATIENCE


@pytest.mark.django_db(transaction=True)
def test_once_runs_the_tasks_that_wait(ran, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    done.clear()
    for word in ("one", "two"):
        note.enqueue(word)
    assert done == []

    call_command("worker", "--once")

    assert sorted(done) == ["one", "two"]


@pytest.mark.django_db
def test_the_clock_outlives_a_database_that_is_away(ran, monkeypatch):
    stop = threading.Event()
    ticks = []

    def tick():
        ticks.append(len(ticks))
        if len(ticks) == 1:
            raise ConnectionError("gone for a moment")
        if len(ticks) == 3:
            stop.set()

    monkeypatch.setattr(worker, "_tick", tick)
    monkeypatch.setattr(worker, "_CLOCK_SECONDS", 0.01)
    with structlog.testing.capture_logs() as lines:
        monkeypatch.setattr(worker, "_log", structlog.get_logger("youthvoice.worker"))
        worker._tick_until(stop)

    assert ticks == [0, 1, 2]
    assert [line["event"] for line in lines] == ["clock.tick_failed"]


_PROGRAM = """
import sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
import django
django.setup()
from django.core.management import call_command
call_command("worker")
"""


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_works_until_it_is_told_to_stop(how):
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(connection.settings_dict["NAME"])],
        cwd=django_settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        until(Heartbeat.objects.exists)
        until(Step.objects.filter(name="reads.forget").exclude(last_run_at=None).exists)
        process.send_signal(how)
        said = process.communicate(timeout=PATIENCE)[1]
    finally:
        process.kill()
        process.wait()

    assert process.returncode == 0
    assert '"event": "worker.stopped"' in said
