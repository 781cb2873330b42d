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

from tests.access import headers, refusals
from tests.access.bodies import BODIES
from tests.access.rowing import Row
from tests.access.sampling import Choice, everyone
from tests.access.walker import address
from tests.access.world import ROLES, TOKEN, World
from youthvoice.journal.models import Entry
from youthvoice.limits import store

#: Sessions, their list and the counts of reads come about by looking, too.
_NOT_ACTS = ("django_session", "desks_presence", "people_signin", "people_endedsession", "reads_")
#: What is written when withheld words are read.
OF_READING = {"crisis_reading", "crisis_record", "journal_entry", "journal_head"}
READINGS = ("crisis.read", "question.read")
_CHANGES = ("INSERT", "UPDATE", "DELETE")


@dataclass
class Walk:
    """What came of a walk: sentences about what is wrong, and who read which secret."""

    sent: int = 0
    statuses: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    unrecorded: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    read: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __str__(self) -> str:
        return (
            f"{self.sent:,} requests in {len(ROLES)} roles: {len(self.statuses)} answered "
            f"otherwise than the table says, {len(self.told)} telling what is another's, "
            f"{len(self.unrecorded)} telling what is withheld without an entry, "
            f"{len(self.headers)} with wrong headers"
        )


@dataclass
class Writes:
    tables: list[str] = field(default_factory=list)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = execute(sql, params, many, context)
        verb = sql.split(None, 1)[0].upper()
        # SQLite counts what INSERT … RETURNING made only once it has been fetched.
        is_made = verb == "INSERT" and "RETURNING" in sql
        if is_made or (verb in _CHANGES and context["cursor"].rowcount):
            words = sql.replace('"', " ").split()
            # SQLite says INSERT OR IGNORE INTO.
            table = words[{"UPDATE": 1, "DELETE": 2}.get(verb) or words.index("INTO") + 1]
            if not table.startswith(_NOT_ACTS):
                self.tables.append(table)
        return found


@contextmanager
def undone() -> Iterator[Writes]:
    """Whatever happens in here is taken back; gives the tables whose rows were changed."""
    writes = Writes()
    cache.clear()
    store.empty()
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
        response.is_recorded = _is_recorded(world, role, response.body)
    return response, writes


def _is_recorded(world: World, role: str, body: str) -> bool:
    """Whether withheld words in it, but to who asked, left an entry that says who read them."""
    if role == "asker" or not any(s.is_withheld and s.word in body for s in world.secrets):
        return True
    reader = world.people[role].pk if role in world.people else None
    return Entry.objects.filter(verb__in=READINGS, actor=reader).exists()


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
        if set(writes.tables) <= OF_READING and status in ("422", "409", "403"):
            return f"{status}+"
        return {"302": "done", "200": "made"}.get(status, f"{status}, changing {writes.tables}")
    return status


def walk(
    world: World,
    rows: Iterable[Row],
    roles: Iterable[str] = ROLES,
    *,
    choice: Choice = everyone,
) -> Walk:
    """Try every row in every role that is sent to it."""
    found = Walk()
    rows = list(rows)
    sent = choice(rows)
    for role in roles:
        own = [row for row, to in zip(rows, sent, strict=True) if role in to]
        with refusals.drawn_once():
            _walk_as(world, role, own, found)
    return found


def _walk_as(world: World, role: str, rows: Iterable[Row], found: Walk) -> None:
    client = world.client(role)
    for row in rows:
        response, writes = ask(world, client, role, row)
        found.sent += 1
        where = f"{role}: {row.method} {row.route} ({row.thing})"
        if (got := outcome(response, writes)) != row.expected[role]:
            found.statuses.append(f"{where} answers {got}, not {row.expected[role]}")
        found.headers += [f"{where}: {what}" for what in headers.wrong(response, row.route)]
        if not response.is_recorded:
            found.unrecorded.append(f"{where} tells what is withheld without an entry")
        is_admin = row.route.startswith("admin/") and role == "operator"
        for secret in world.secrets:
            if secret.word in response.body and secret.on in ("", row.route):
                if is_admin and secret.in_admin:
                    continue
                found.read[secret.word].add(role)
                if role not in secret.may:
                    found.told.append(f"{where} tells {secret.word}")


def astray(world: World, rows: Iterable[Row]) -> list[str]:
    """Rows whose address, filled in, is answered by another pattern than theirs."""
    wrong = []
    for row in rows:
        path = address(row.route, world.objects[row.thing])
        if (route := resolve(path).route) != row.route:
            wrong.append(f"{path} of {row.route} is answered by {route}")
    return wrong
