"""/healthz: 200 when all is well, 503 when not; which part it is, for who runs the house."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from tests.factories import MONDAY, PersonFactory, member
from youthvoice.clock.actions import beat
from youthvoice.kit.sqlite import library
from youthvoice.orgs.choices import Role
from youthvoice.workdays.models import EnteredYear, UnknownYear

pytestmark = pytest.mark.django_db
WELL = {
    "status": "ok",
    "web": "ok",
    "database": "ok",
    "worker": "ok",
    "disk": "ok",
    "calendar": "ok",
    "chain": "ok",
    "library": "ok",
}
TOKEN = "a token of the tests"
#: What proxies add, one or another of them.
PROXYS = (
    "X_FORWARDED_FOR", "X_FORWARDED_PROTO", "X_FORWARDED_PORT", "FORWARDED", "VIA", "X_CLIENT_IP",
    "TRUE_CLIENT_IP", "CF_CONNECTING_IP",
)  # fmt: skip
#: From elsewhere: over the network, or through a proxy on this machine.
ELSEWHERE = [
    {"REMOTE_ADDR": "203.0.113.9"},
    *({f"HTTP_{name}": "127.0.0.1"} for name in PROXYS),
    {"HTTP_X_REAL_IP": "127.0.0.1"},
    {"REMOTE_ADDR": ""},
]


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

    EnteredYear.objects.create(year=2090, entered_at=MONDAY)
    assert health(client) == (200, WELL)


@pytest.fixture(autouse=True)
def safe(monkeypatch):
    """Whatever SQLite this machine has."""
    monkeypatch.setattr(library, "VERSION", (3, 51, 3))


@pytest.mark.skipif("os.environ.get('DATABASE_URL')", reason="it tells of SQLite alone")
def test_a_sqlite_that_may_lose_data_is_told_and_fails_nothing(client, healthy, monkeypatch):
    monkeypatch.setattr(library, "VERSION", (3, 40, 1))

    assert health(client) == (200, WELL | {"library": "unsafe"})


@pytest.mark.parametrize("given", ELSEWHERE, ids=str)
@pytest.mark.parametrize(("least", "told"), [(0, (200, "ok")), (10**9, (503, "failing"))])
def test_elsewhere_only_ok_or_failing_is_told(client, healthy, settings, given, least, told):
    settings.DISK_FREE_LEAST = least
    status, word = told

    response = client.get("/healthz", **given)

    assert (response.status_code, response.json()) == (status, {"status": word})
    assert response.cookies == {}


def elsewhere(client, **given):
    return client.get("/healthz", **ELSEWHERE[0], **given).json()


@pytest.mark.parametrize(
    ("token", "given", "knows"),
    [
        (TOKEN, f"Bearer {TOKEN}", True),
        (TOKEN, TOKEN, False),
        (TOKEN, f"Bearer {TOKEN}x", False),
        (TOKEN, "Bearer \u4e2d", False),
        ("", "Bearer ", False),
        ("", "", False),
    ],
)
def test_the_token_opens_the_parts(client, healthy, settings, token, given, knows):
    settings.HEALTH_TOKEN = token

    found = elsewhere(client, HTTP_AUTHORIZATION=given)

    assert found == (WELL if knows else {"status": "ok"})


def test_operators_are_told_the_parts_and_nobody_else(client, healthy, house):
    client.force_login(PersonFactory())
    assert elsewhere(client) == {"status": "ok"}

    client.force_login(member(house.province, Role.LEAD))
    assert elsewhere(client) == {"status": "ok"}

    client.force_login(member(house.province, Role.OPERATOR))
    assert elsewhere(client) == WELL


def test_whoever_brings_no_session_costs_the_two_queries(
    client, healthy, django_assert_num_queries
):
    with django_assert_num_queries(2):
        elsewhere(client)


def test_it_tells_nothing_of_anybody_and_sets_no_cookie(client, healthy):
    response = client.get("/healthz")

    assert response.cookies == {}
    assert set(response.json()) == set(WELL)
