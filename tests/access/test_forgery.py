"""No unsafe request is taken without this browser's own token, or from another site."""

import pytest
from django.conf import settings
from django.test import override_settings
from django.urls import URLPattern, get_resolver

from tests.access import forgery, matrix, walk
from tests.access.world import ROLES
from youthvoice.people.models import User

pytestmark = pytest.mark.django_db
#: Every address once.
ROWS = list(
    {row.route: row for row in walk.read_table(matrix.TABLE) if row.method == "POST"}.values()
)
PROFILE = [row for row in ROWS if row.route == "accounts/profile/"]


@pytest.fixture
def before(world):
    return forgery.digest()


@pytest.mark.parametrize("role", ROLES)
def test_a_forged_request_is_refused_and_changes_no_row(world, before, role):
    assert list(forgery.accepted(world, ROWS, [role], forgery.MANY)) == []
    assert forgery.digest() == before


def test_every_kind_of_forgery_is_refused_and_changes_no_row(world, before):
    assert list(forgery.accepted(world, ROWS, ["operator"], forgery.MORE)) == []
    assert forgery.digest() == before


def test_the_same_request_from_our_own_page_is_taken(world, before):
    """Else the refusals above would prove nothing."""
    response = forgery.send(world, world.client("peer"), "peer", PROFILE[0], forgery.HONEST)

    assert response.status_code == 302
    assert User.objects.get(pk=world.people["peer"].pk).nickname == "新昵称"
    changed = {table for table, was in before.items() if forgery.digest()[table] != was}
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
        found = list(forgery.accepted(world, PROFILE, ["peer"], forgery.MANY))

    assert found == [f"peer: accounts/profile/, {f.name}: 302" for f in forgery.MANY]
    assert forgery.digest() != before


@override_settings(CSRF_TRUSTED_ORIGINS=[forgery.THEIRS])
def test_a_site_that_is_trusted_by_mistake_is_found(world):
    found = list(forgery.accepted(world, PROFILE, ["peer"], forgery.MANY))

    assert found == ["peer: accounts/profile/, another site: 302"]
