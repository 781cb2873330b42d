"""Steps that fall due: each at its time, by one worker, and again later when it fails."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import structlog
from django.db import connection, connections

from tests.factories import MONDAY
from youthvoice.clock import actions, registry
from youthvoice.clock.actions import beat, run_due
from youthvoice.clock.models import Heartbeat, Step
from youthvoice.clock.queries import seconds_silent

pytestmark = pytest.mark.databases

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def _no_other_steps(monkeypatch):
    monkeypatch.setattr(registry, "_steps", {})


@pytest.fixture
def logged(monkeypatch):
    with structlog.testing.capture_logs() as lines:
        # The module's logger may have been bound to the real output by an earlier test.
        monkeypatch.setattr(actions, "_log", structlog.get_logger("youthvoice.clock"))
        yield lines


class Work:
    """Remembers when it was asked to run; fails while `failing`."""

    def __init__(self, *, failing=False):
        self.ran = []
        self.failing = failing

    def __call__(self, *, at):
        self.ran.append(at)
        if self.failing:
            raise ZeroDivisionError("what somebody wrote")


def step(name="digest", *, every=MINUTE, failing=False):
    work = Work(failing=failing)
    registry.add(name, every=every, work=work)
    return work


@pytest.mark.django_db
def test_a_step_runs_at_once_and_then_each_time_it_is_due():
    work = step(every=MINUTE)

    ran = [run_due(at=MONDAY + n * SECOND) for n in (0, 1, 59, 60, 61, 300, 359, 360)]

    assert ran == [["digest"], [], [], ["digest"], [], ["digest"], [], ["digest"]]
    assert work.ran == [MONDAY + n * SECOND for n in (0, 60, 300, 360)]
    assert str(Step.objects.get()) == "digest"


@pytest.mark.django_db
def test_each_step_has_its_own_time():
    step("often", every=SECOND)
    step("seldom", every=HOUR)

    assert run_due(at=MONDAY) == ["often", "seldom"]
    assert run_due(at=MONDAY + MINUTE) == ["often"]
    assert run_due(at=MONDAY + HOUR) == ["often", "seldom"]


@pytest.mark.django_db
def test_a_clock_that_was_set_back_runs_nothing_early():
    work = step(every=MINUTE)
    run_due(at=MONDAY)

    assert run_due(at=MONDAY - HOUR) == []
    assert len(work.ran) == 1


def test_a_step_that_is_added_again_takes_the_place_of_the_first():
    step("digest", every=MINUTE)
    step("digest", every=HOUR)

    assert [(due.name, due.every) for due in registry.steps()] == [("digest", HOUR)]


@pytest.mark.django_db
@pytest.mark.parametrize("has_run", [False, True])
def test_of_two_workers_that_saw_it_due_one_runs_it(has_run):
    work = Work()
    if has_run:
        Step.objects.create(name="digest", last_run_at=MONDAY - HOUR)

    class Due:
        """Lets another worker pass between our looking at the step and our taking it."""

        name, work = "digest", None
        others = []

        @property
        def every(self):
            if not self.others:
                self.others.append("begun")
                self.others.append(run_due(at=MONDAY))
            return MINUTE

    Due.work = staticmethod(work)
    registry._steps["digest"] = Due()

    assert run_due(at=MONDAY) == []
    assert Due.others == ["begun", ["digest"]]
    assert work.ran == [MONDAY]


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_once_one_runs_it():
    work = step()
    start = Barrier(4)

    def tick(moment):
        try:
            connection.ensure_connection()
            start.wait(60)
            return run_due(at=moment)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        first = list(pool.map(tick, [MONDAY] * 4, timeout=60))
        later = list(pool.map(tick, [MONDAY + HOUR] * 4, timeout=60))

    assert sorted(first) == sorted(later) == [[], [], [], ["digest"]]
    assert work.ran == [MONDAY, MONDAY + HOUR]


@pytest.mark.django_db
def test_a_step_that_fails_is_told_and_the_others_go_on(logged):
    step("bad", failing=True)
    good = step("good")

    assert run_due(at=MONDAY) == ["bad", "good"]

    bad = Step.objects.get(name="bad")
    assert (bad.failures, bad.last_error, bad.last_run_at) == (1, "ZeroDivisionError", MONDAY)
    assert good.ran == [MONDAY]
    (line,) = logged
    assert (line["event"], line["step"], line["log_level"]) == ("step.failed", "bad", "error")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("failures", "every", "wait"),
    [
        (0, SECOND, SECOND),
        (1, SECOND, 10 * SECOND),
        (2, SECOND, 20 * SECOND),
        (5, SECOND, 160 * SECOND),
        (9, SECOND, 2560 * SECOND),
        (10, SECOND, HOUR),
        # Failing never makes a step run more often than it should.
        (1, MINUTE, MINUTE),
        (10, 24 * HOUR, 24 * HOUR),
    ],
)
def test_a_step_that_fails_waits_twice_as_long_each_time_up_to_an_hour(failures, every, wait):
    step("bad", every=every)
    Step.objects.create(name="bad", last_run_at=MONDAY, failures=failures)

    early = run_due(at=MONDAY + wait - SECOND)
    late = run_due(at=MONDAY + wait)

    assert (early, late) == ([], ["bad"])


@pytest.mark.django_db
def test_failures_are_counted_up_to_ten_and_forgotten_after_a_success(logged):
    work = step("bad", every=SECOND, failing=True)
    for turn in range(12):
        run_due(at=MONDAY + turn * HOUR)
    assert Step.objects.get().failures == 10

    work.failing = False
    run_due(at=MONDAY + 12 * HOUR)

    done = Step.objects.get()
    assert (done.failures, done.last_error) == (0, "")
    assert run_due(at=MONDAY + 12 * HOUR + SECOND) == ["bad"]


@pytest.mark.django_db
def test_a_process_is_silent_since_its_last_beat():
    assert seconds_silent(at=MONDAY) is None

    beat(at=MONDAY)
    beat(at=MONDAY + MINUTE)
    beat("other", at=MONDAY)

    assert seconds_silent(at=MONDAY + HOUR) == 3540
    assert seconds_silent("other", at=MONDAY + HOUR) == 3600
    assert str(Heartbeat.objects.get(name="worker")) == f"worker {MONDAY + MINUTE}"
