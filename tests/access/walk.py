"""Walking the table: each row tried by each role, and what is wrong gathered in a list."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import resolve

from tests.access import headers, matrix
from tests.access.bodies import BODIES
from tests.access.walker import address
from tests.access.world import GROUPS, ROLES, SIGNED, TOKEN, World

#: Sessions, their list, visitors' salts and counts of tries come about by looking, too.
_NOT_ACTS = ("django_session", "cases_presence", "people_signin", "reads_", "limits_")
_CHANGES = ("UPDATE", "DELETE")
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Row:
    method: str
    route: str
    thing: str
    expected: dict[str, str]


def read_table(text: str) -> list[Row]:
    """Rows of `METHOD pattern object status`, then `role=status` where a role differs.

    A status is a number (no row was changed), `login` (sent to sign in), `door` (sent to
    the admin's door), `done` (sent on, and rows were changed) or `made` (200, and rows were
    changed). The groups of world.GROUPS and `signed` stand for their roles.
    """
    rows = []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        methods, route, things, usual, *others = line.split()
        expected = dict.fromkeys(ROLES, usual)
        for other in others:
            names, _, status = other.partition("=")
            for name in names.split(","):
                for role in {"signed": SIGNED, **GROUPS}.get(name, (name,)):
                    if role not in expected:
                        raise ValueError(f"{role} is no role: {line}")
                    expected[role] = status
        route = "" if route == "''" else route
        rows += [
            Row(method, route, thing, expected | _for_child(method, route))
            for method in methods.split(",")
            for thing in things.split(",")
        ]
    return rows


def _for_child(method: str, route: str) -> dict[str, str]:
    free = (
        method not in UNSAFE
        or route in public_routes()
        or route.startswith(matrix.FREE_FOR_CHILD)
        or route.endswith(matrix.FREE_ENDS)
    )
    return {} if free else {"child": "403"}


def public_routes() -> set[str]:
    lines = (line.split() for line in matrix.PUBLIC.splitlines() if line and line[0] != "#")
    return {words[1].replace("''", "") for words in lines}


@dataclass
class Walk:
    """What came of a walk: sentences about what is wrong, and who read which secret."""

    statuses: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    read: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


@dataclass
class Writes:
    tables: list[str] = field(default_factory=list)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = execute(sql, params, many, context)
        verb = sql.split(None, 1)[0].upper()
        # SQLite counts what INSERT … RETURNING made only once it has been fetched.
        if verb == "INSERT" or (verb in _CHANGES and context["cursor"].rowcount):
            table = sql.replace('"', " ").split()[1 if verb == "UPDATE" else 2]
            if not table.startswith(_NOT_ACTS):
                self.tables.append(table)
        return found


@contextmanager
def undone() -> Iterator[Writes]:
    """Whatever happens in here is taken back; gives the tables whose rows were changed."""
    writes = Writes()
    cache.clear()
    with transaction.atomic(), connection.execute_wrapper(writes):
        yield writes
        transaction.set_rollback(True)


def ask(world: World, client: Client, role: str, row: Row) -> tuple[Any, Writes]:
    """One request as the role would send it, with its own token. Nothing of it stays."""
    path = address(row.route, world.objects[row.thing])
    data = BODIES.get(row.route, {}) if row.method == "POST" else {}
    world.dress(client, role)
    with undone() as writes:
        response: Any = client.generic(
            row.method,
            path,
            urlencode(data),
            content_type="application/x-www-form-urlencoded",
            headers={"X-CSRFToken": world.token(role)},
        )
        response.body = body_of(response)
    return response, writes


def body_of(response: Any) -> str:
    """All that is sent: the page, where it sends on to, and the cookies."""
    if getattr(response, "streaming", False):
        page = b"".join(response.streaming_content)
    else:
        page = response.content
    heads = [value for name, value in response.items() if name != "Content-Type"]
    cookies = [morsel.OutputString() for name, morsel in response.cookies.items() if name != TOKEN]
    return "\n".join([page.decode("utf-8", "replace"), *heads, *cookies])


def outcome(response: Any, writes: Writes) -> str:
    """The table's word for an answer."""
    status = str(response.status_code)
    target = response.get("Location", "")
    if status == "302" and not writes.tables:
        if target.startswith("/accounts/login/"):
            return "login"
        if target.startswith("/admin/login/"):
            return "door"
    if writes.tables:
        return {"302": "done", "200": "made"}.get(status, f"{status}, changing {writes.tables}")
    return status


def one_for_each_answer(row: Row, turn: int) -> set[str]:
    """Of the roles that a row answers alike, one; with each turn another."""
    alike = defaultdict(list)
    for role, answer in row.expected.items():
        alike[answer].append(role)
    return {roles[turn % len(roles)] for roles in alike.values()}


def walk(
    world: World, rows: Iterable[Row], roles: Iterable[str] = ROLES, *, in_turn: bool = False
) -> Walk:
    """Try every row in every role; `in_turn`, in one role for each answer only."""
    found = Walk()
    rows = list(rows)
    for role in roles:
        client = world.client(role)
        for turn, row in enumerate(rows):
            if in_turn and role not in one_for_each_answer(row, turn):
                continue
            response, writes = ask(world, client, role, row)
            where = f"{role}: {row.method} {row.route} ({row.thing})"
            if (got := outcome(response, writes)) != row.expected[role]:
                found.statuses.append(f"{where} answers {got}, not {row.expected[role]}")
            found.headers += [f"{where}: {what}" for what in headers.wrong(response, row.route)]
            is_admin = row.route.startswith("admin/") and role == "operator"
            for secret in world.secrets:
                if secret.word in response.body and secret.on in ("", row.route):
                    if is_admin and secret.in_admin:
                        continue
                    found.read[secret.word].add(role)
                    if role not in secret.may:
                        found.told.append(f"{where} tells {secret.word}")
    return found


def astray(world: World, rows: Iterable[Row]) -> list[str]:
    """Rows whose address, filled in, is answered by another pattern than theirs."""
    wrong = []
    for row in rows:
        path = address(row.route, world.objects[row.thing])
        if (route := resolve(path).route) != row.route:
            wrong.append(f"{path} of {row.route} is answered by {route}")
    return wrong
