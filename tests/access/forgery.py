"""Forged requests: what another site, or somebody without the page's token, might send."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client

from tests.access import refusals
from tests.access.bodies import BODIES
from tests.access.rowing import UNSAFE, Row
from tests.access.walker import address
from tests.access.world import ROLES, TOKEN, World

OURS, THEIRS = "https://testserver", "https://evil.example"


@dataclass(frozen=True)
class Forgery:
    name: str
    #: What the forger adds; `{own}` is the role's own token and `{foreign}` another's.
    headers: dict[str, str]
    method: str = "POST"
    has_cookie: bool = True
    https: bool = False


#: As many as there are roles: see `in_turn`.
ALL = [
    Forgery("no token", {}),
    Forgery("another's token", {"X-CSRFToken": "{foreign}"}),
    Forgery("another site", {"X-CSRFToken": "{own}", "Origin": THEIRS}, https=True),
    Forgery("no token and no cookie", {}, has_cookie=False),
    Forgery("a token without its cookie", {"X-CSRFToken": "{own}"}, has_cookie=False),
    Forgery("a page without an address", {"X-CSRFToken": "{own}", "Origin": "null"}),
    Forgery("another site's page", {"X-CSRFToken": "{own}", "Referer": f"{THEIRS}/a"}, https=True),
    Forgery("neither origin nor referer", {"X-CSRFToken": "{own}"}, https=True),
    Forgery(
        "our name over plain HTTP",
        {"X-CSRFToken": "{own}", "Origin": "http://testserver"},
        https=True,
    ),
    *(Forgery(f"{method} without a token", {}, method=method) for method in UNSAFE[1:]),
]
HONEST = Forgery("our own page", {"X-CSRFToken": "{own}", "Origin": OURS}, https=True)


def send(world: World, client: Client, role: str, row: Row, forged: Forgery) -> Any:
    tokens = {"own": world.token(role), "foreign": "f" * 32}
    world.dress(client, role)
    if not forged.has_cookie:
        del client.cookies[TOKEN]
    return client.generic(
        forged.method,
        address(row.route, world.objects[row.thing]),
        "&".join(f"{name}={value}" for name, value in BODIES.get(row.route, {}).items()),
        content_type="application/x-www-form-urlencoded",
        secure=forged.https,
        headers={name: value.format(**tokens) for name, value in forged.headers.items()},
    )


def in_turn(role: str, turn: int) -> list[Forgery]:
    """One for each role and address, so that each comes to every address and in every role."""
    return [ALL[(ROLES.index(role) + turn) % len(ALL)]]


def accepted(
    world: World, role: str, rows: Iterable[tuple[Row, Iterable[Forgery]]]
) -> Iterator[str]:
    """Forgeries that were not turned away at the door."""
    client = world.client(role)
    with refusals.drawn_once() as drawn:
        for row, forgeries in rows:
            for forged in forgeries:
                response = send(world, client, role, row, forged)
                if response.status_code != 403 or response.content != drawn.get(refusals.FORGED):
                    yield f"{role}: {row.route}, {forged.name}: {response.status_code}"


def digest() -> dict[str, tuple[int, str]]:
    """The number of rows of every table, and a digest of what they hold."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            rows = Counter(repr(row) for row in cursor.fetchall())
            whole = "\n".join(f"{times} {row}" for row, times in sorted(rows.items()))
            found[table] = (rows.total(), hashlib.sha256(whole.encode()).hexdigest())
    return found
