"""Without a second factor in their session, staff are ordinary young people at every address.

The matrix is walked once more by staff who have a factor and haven't used it: whatever
their membership would open must lead them to their factor, and tell nothing on the way.
"""

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.access import matrix, refusals, sampling, walk
from tests.access.rowing import public_routes, read_table
from tests.access.world import TOKEN
from tests.signing_in import without_factor
from youthvoice.people.factors import factor

# With test_matrix.py, in one house.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("access")]
ROWS = read_table(matrix.TABLE)
#: One of each kind of membership.
STAFF = ("holder", "expert", "operator")
GRANTS = {"200", "done", "made"}
#: To the factor, or to the password where somebody changes their own account.
LED = ("/accounts/2fa/reauthenticate/?next=", "/accounts/reauthenticate/?next=")


def not_led(world, rows, role):
    """Sentences about what a session of the role without its factor is given."""
    client = Client()
    without_factor(client, world.people[role], "django.contrib.auth.backends.ModelBackend")
    cookies = {TOKEN: world.token(role), **{k: v.value for k, v in client.cookies.items()}}
    wrong, own = [], {f"{role}-login", f"{role}@mail.test"}
    client = world.client(role)
    with pytest.MonkeyPatch.context() as patch, refusals.drawn_once():
        patch.setitem(world.cookies, role, cookies)
        for row in rows:
            response, writes = walk.ask(world, client, role, row)
            where, got = (
                f"{role}: {row.method} {row.route} ({row.thing})",
                walk.outcome(response, writes),
            )
            is_led = got == "302" and response["Location"].startswith(LED)
            if not is_led and got not in fitting(row, role):
                wrong.append(f"{where} answers {got}")
            wrong += [
                f"{where} tells {secret.word}"
                for secret in world.secrets
                if secret.word in response.body
                and secret.on in ("", row.route)
                and secret.word not in own
            ]
    return wrong


def fitting(row, role):
    """What may be answered besides being led on: what a young person is, or a refusal."""
    if row.route == "accounts/2fa/reauthenticate/":
        # The very place.
        return {row.expected[role]}
    young = {row.expected["asker"], row.expected["peer"]}
    if role == "operator" and row.route.startswith("admin/"):
        return {"302"} if row.route == "admin/logout/" else set()
    return young | ({row.expected[role]} - GRANTS)


def may_tell(row, role):
    """Whether a membership makes a difference to a row, or might to the words on its page."""
    is_page = row.method == "GET" and row.expected[role] == "200"
    differs = row.expected[role] not in {row.expected["asker"], row.expected["peer"]}
    return differs or (is_page and row.route not in public_routes())


def in_turn(role):
    """The rows that one of the staff tries for all of them."""
    tried = []
    for turn, row in enumerate(ROWS):
        might = [one for one in STAFF if may_tell(row, one)]
        if might and might[(turn + turn // 2) % len(might)] == role:
            tried.append(row)
    return tried


@pytest.mark.parametrize("role", STAFF)
def test_staff_without_their_factor_are_led_to_it_from_everything(world, role, choice):
    rows = in_turn(role)
    if choice is sampling.everyone:
        rows = ROWS
    if choice is sampling.for_the_database:
        rows = rows[::4]

    assert not_led(world, rows, role) == []


def test_in_turn_one_of_the_staff_comes_wherever_a_membership_opens_something():
    came = {(row.method, row.route, row.thing) for role in STAFF for row in in_turn(role)}
    opened = {
        (row.method, row.route, row.thing)
        for row in ROWS
        for role in STAFF
        if row.expected[role] in GRANTS - {row.expected["asker"], row.expected["peer"]}
    }

    assert came >= opened
    assert {route for _, route, _ in came} >= {"me/bar/", "desk/", "mine/", "q/<int:pk>/act/"}


def test_rights_that_do_not_wait_are_found(world, monkeypatch):
    monkeypatch.setattr(factor, "is_awaited", lambda person: False)
    rows = [row for row in ROWS if row.route in {"desk/", "a/<int:pk>/edit/", "admin/orgs/region/"}]

    assert "holder: GET desk/ (-) answers 200" in not_led(world, rows, "holder")
    assert "holder: POST a/<int:pk>/edit/ (official) answers done" in not_led(world, rows, "holder")
    assert "operator: GET admin/orgs/region/ (-) answers 200" in not_led(world, rows, "operator")


def test_only_orgs_asks_the_table_of_memberships():
    """Whoever asked it themselves would hand out rights that wait for nothing."""
    asks = re.compile(r"Membership\.objects|\bmemberships__|\.memberships\b|\bmembership_set\b")
    apps = Path(factor.__file__).parents[2]
    found = [
        str(path.relative_to(apps))
        for path in apps.rglob("*.py")
        if asks.search(path.read_text()) and not {"tests", "migrations"} & set(path.parts)
    ]

    # Facts about others, no rights: who is told and written to, who works where that is
    # criticised, and for whom the demo's invented people act.
    asking = ("actions/reporting", "matter", "policy", "receivers")
    told = ["cases/queries/chains.py", "crisis/actions/telling.py"]
    shown = [f"demo/{name}.py" for name in ("actions", "afterwards", "staffing")]
    facts = [*told, *shown, "desks/actions.py", *(f"moderation/{name}.py" for name in asking)]
    own = ("actions/importing", "actions/members", "policy", "queries")
    assert sorted(found) == [*facts, *(f"orgs/{name}.py" for name in own)]
