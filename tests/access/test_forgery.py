"""No unsafe request is taken without this browser's own token, or from another site."""

from itertools import product

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import URLPattern, get_resolver

from tests.access import forgery, matrix, sampling
from tests.access.rowing import read_table
from tests.access.world import ROLES
from youthvoice.people.models import User

# With test_matrix.py, in one house.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("access")]
#: Every address once.
ROWS = list({row.route: row for row in read_table(matrix.TABLE) if row.method == "POST"}.values())
PROFILE = next(row for row in ROWS if row.route == "accounts/profile/")
MANY = forgery.ALL[:3]


@pytest.fixture
def before(world):
    return forgery.digest()


def test_in_turn_every_forgery_comes_to_every_address_and_in_every_role():
    sent = {(f.name, role, turn) for role in ROLES for turn in range(len(ROWS))
            for f in forgery.in_turn(role, turn)}  # fmt: skip
    names = [f.name for f in forgery.ALL]

    assert {(name, turn) for name, _, turn in sent} == set(product(names, range(len(ROWS))))
    assert {(name, role) for name, role, _ in sent} == set(product(names, ROLES))
    assert {(role, turn) for _, role, turn in sent} == set(product(ROLES, range(len(ROWS))))


@pytest.mark.parametrize("role", ROLES)
def test_a_forged_request_is_refused_and_changes_no_row(world, before, choice, role):
    rows = [(row, forgery.in_turn(role, turn)) for turn, row in enumerate(ROWS)]
    if choice is sampling.everyone:
        rows = [(row, forgery.ALL) for row in ROWS]
    if choice is sampling.for_the_database:
        # They don't come to a query: each address once, by one role.
        rows = rows[ROLES.index(role) :: len(ROLES)]

    assert list(forgery.accepted(world, role, rows)) == []
    assert forgery.digest() == before


def test_the_same_request_from_our_own_page_is_taken(world, before):
    """Else the refusals above would prove nothing."""
    response = forgery.send(world, world.client("peer"), "peer", PROFILE, forgery.HONEST)

    assert response.status_code == 302
    assert User.objects.get(pk=world.people["peer"].pk).nickname == "新昵称"
    after = forgery.digest()
    changed = {table for table, was in before.items() if after[table] != was}
    assert changed >= {"people_user", "journal_entry", "journal_head"}


def test_no_view_takes_itself_out():
    """`csrf_exempt` leaves its mark on a view."""

    def views(resolver):
        for entry in resolver.url_patterns:
            yield from [entry] if isinstance(entry, URLPattern) else views(entry)

    exempt = [p for p in views(get_resolver()) if getattr(p.callback, "csrf_exempt", False)]

    assert exempt == []


# --- The guard is real: without it the check speaks ---------------------------------------


def test_without_the_guard_forgeries_are_found(world, before):
    open_door = [name for name in settings.MIDDLEWARE if not name.endswith("CsrfViewMiddleware")]

    with override_settings(MIDDLEWARE=open_door):
        found = list(forgery.accepted(world, "peer", [(PROFILE, MANY)]))

    assert found == [f"peer: accounts/profile/, {f.name}: 302" for f in MANY]
    assert forgery.digest() != before


@override_settings(CSRF_TRUSTED_ORIGINS=[forgery.THEIRS])
def test_a_site_that_is_trusted_by_mistake_is_found(world):
    found = list(forgery.accepted(world, "peer", [(PROFILE, MANY)]))

    assert found == ["peer: accounts/profile/, another site: 302"]
