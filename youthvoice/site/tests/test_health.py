"""/healthz: 200 when all is well, 503 with the part that is not."""

from datetime import date, timedelta

import pytest
from django.db import OperationalError, connection

from tests.factories import MONDAY
from youthvoice.clock.actions import beat
from youthvoice.workdays.models import DayOverride, UnknownYear

pytestmark = pytest.mark.django_db
WELL = {
    "status": "ok",
    "web": "ok",
    "database": "ok",
    "worker": "ok",
    "disk": "ok",
    "calendar": "ok",
    "chain": "ok",
}


@pytest.fixture
def healthy(at, settings):
    settings.DISK_FREE_LEAST = 0
    beat(at=MONDAY)


def health(client):
    response = client.get("/healthz")
    assert "no-store" in response["Cache-Control"]
    return response.status_code, response.json()


def test_all_is_well(client, healthy):
    assert health(client) == (200, WELL)
    assert client.head("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405


def test_a_worker_that_was_never_heard_is_silent(client, at):
    assert health(client) == (503, WELL | {"status": "failing", "worker": "silent"})


def test_a_worker_is_silent_after_a_minute(client, healthy, at, settings):
    at(MONDAY + timedelta(seconds=settings.WORKER_SILENT_MOST - 1))
    assert health(client)[0] == 200

    at(MONDAY + timedelta(seconds=settings.WORKER_SILENT_MOST))
    assert health(client) == (503, WELL | {"status": "failing", "worker": "silent"})


def test_a_full_disk(client, healthy, settings):
    settings.DISK_FREE_LEAST = 10**9

    assert health(client) == (503, WELL | {"status": "failing", "disk": "full"})


def test_a_database_that_is_down_leaves_the_worker_unknown(client, healthy, monkeypatch):
    def broken(*args, **kwargs):
        raise OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", broken)
        found = health(client)

    assert found == (
        503,
        WELL
        | {
            "status": "failing",
            "database": "down",
            "worker": "unknown",
            "calendar": "unknown",
            "chain": "unknown",
        },
    )


def test_holidays_that_are_missing_are_told_and_fail_nothing(client, healthy):
    UnknownYear.objects.create(year=2090, first_seen_at=MONDAY)

    assert health(client) == (200, WELL | {"calendar": "missing"})

    DayOverride.objects.create(date=date(2090, 1, 1))
    assert health(client) == (200, WELL)


def test_it_tells_nothing_of_anybody_and_sets_no_cookie(client, healthy):
    response = client.get("/healthz")

    assert response.cookies == {}
    assert set(response.json()) == set(WELL)
