"""Running the steps that are due, each by one worker at a time."""

from datetime import datetime, timedelta

import structlog
from django.db.models import F, Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from youthvoice.clock import registry
from youthvoice.clock.choices import WORKER
from youthvoice.clock.models import Heartbeat, Step

#: A step that failed waits twice as long each time, up to this.
_LONGEST_BACK_OFF = timedelta(hours=1)
_log = structlog.get_logger("youthvoice.clock")


def beat(name: str = WORKER, *, at: datetime) -> None:
    """Leave a sign of life."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": at})


def forget_tasks(*, at: datetime) -> None:
    """Drop the rows of tasks that are done: what they were given, an address perhaps, goes with
    them. Those that failed stay a day for whoever looks why."""
    finished = DBTaskResult.objects.finished()
    finished.filter(
        Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lte=at - timedelta(minutes=10))
        | Q(finished_at__lte=at - timedelta(days=1))
    ).delete()


def run_due(*, at: datetime) -> list[str]:
    """Run every step that is due at `at`; gives the names of those that ran.

    A worker takes a step by moving its time on, compare-and-set: of two workers one wins.
    A failing step is recorded, logged and tried again later; the others go on.
    """
    ran = []
    for due in registry.steps():
        step, _ = Step.objects.get_or_create(name=due.name)
        wait = due.every
        if step.failures:
            wait = max(wait, min(timedelta(seconds=5 * 2**step.failures), _LONGEST_BACK_OFF))
        if step.last_run_at and step.last_run_at + wait > at:
            continue
        same = Q(last_run_at=step.last_run_at) if step.last_run_at else Q(last_run_at=None)
        if not Step.objects.filter(same, pk=step.pk).update(last_run_at=at):
            continue
        try:
            due.work(at=at)
        except Exception as problem:
            _log.exception("step.failed", step=due.name)
            # Ten doublings are past the longest back-off; more would only overflow.
            Step.objects.filter(pk=step.pk, failures__lt=10).update(failures=F("failures") + 1)
            Step.objects.filter(pk=step.pk).update(last_error=type(problem).__name__[:120])
        else:
            Step.objects.filter(pk=step.pk).exclude(failures=0).update(failures=0, last_error="")
        ran.append(due.name)
    return ran
