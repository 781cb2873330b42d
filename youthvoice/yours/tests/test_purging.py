"""Once a day the house forgets what it need not keep."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.factories import MONDAY, PersonFactory
from youthvoice.clock import registry
from youthvoice.journal.models import Entry
from youthvoice.kit import retention
from youthvoice.yours import actions

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
DAY = timedelta(days=1)


def task(finished_at, status=TaskResultStatus.SUCCESSFUL):
    return DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="a.b",
        backend_name="default",
        run_after=MONDAY,
        finished_at=finished_at,
        exception_class_path="",
        traceback="",
    )


def test_what_is_over_goes_and_the_journal_counts_it():
    for days, key in ((-1, "over"), (0, "just"), (1, "kept")):
        Session.objects.create(session_key=key, session_data="", expire_date=MONDAY + days * DAY)
    gone = task(MONDAY - 8 * DAY)
    kept = {task(MONDAY - 6 * DAY).pk, task(None, TaskResultStatus.READY).pk}
    LogEntry.objects.log_actions(PersonFactory().pk, [PersonFactory()], CHANGE, single_object=True)
    LogEntry.objects.update(action_time=MONDAY - 181 * DAY)

    told = actions.purge(at=MONDAY)

    # Whatever else is kept for a time: nothing of it was over.
    over = {name: count for name, count in told.items() if count}
    assert over == {"sessions": 1, "tasks": 1, "admin_log": 1}
    assert sorted(s.pk for s in Session.objects.all()) == ["just", "kept"]
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == kept
    assert gone.pk not in kept
    entry = Entry.objects.get(verb="house.purged")
    assert (entry.subject, entry.data, entry.actor) == ("clock.step:yours.purge", told, None)


def test_much_goes_in_chunks_and_a_run_has_an_end(monkeypatch):
    monkeypatch.setattr(retention, "CHUNK", 2)
    Session.objects.bulk_create(
        Session(session_key=f"s{n}", session_data="", expire_date=MONDAY) for n in range(7)
    )
    over = Session.objects.all()

    assert retention.delete_in_chunks(over, most=4) == 4
    assert retention.delete_in_chunks(over) == 3
    assert retention.delete_in_chunks(over) == 0


def test_the_worker_does_both():
    every = {due.name: due.every for due in registry.steps()}

    assert every["yours.erase"] == timedelta(minutes=1)
    assert every["yours.purge"] == DAY
