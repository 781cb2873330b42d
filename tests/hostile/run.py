"""The run: every address in every role, again and again, each time with something else."""

import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from django.core.cache import cache
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.access import matrix
from tests.access.bodies import BODIES
from tests.access.rowing import read_table
from tests.access.walk import OF_READING, READINGS, Writes
from tests.access.walker import address
from tests.access.world import ROLES, World
from tests.hostile import values
from tests.hostile.forms import Fields
from tests.hostile.invariants import broken, files
from tests.hostile.sending import Answered, Sent, send
from youthvoice.journal.models import Entry
from youthvoice.limits import store
from youthvoice.pictures.actions import remove_files
from youthvoice.questions.models import Picture

BATCH = 500
_NO_FIELDS = Fields("")


@dataclass(frozen=True)
class Target:
    route: str
    path: str
    #: Roles that the table lets see the page; None if it doesn't say.
    seen_by: frozenset[str] | None


@dataclass
class Found:
    """What a run came upon."""

    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    routes: set[str] = field(default_factory=set)
    #: How many were taken and changed rows.
    acts: int = 0
    #: Sentences, each with how often it was true.
    failures: Counter[str] = field(default_factory=Counter)
    halves: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        groups = Counter(f"{status // 100}xx" for status in self.statuses.elements())
        told = ", ".join(f"{group} {many:,}" for group, many in sorted(groups.items()))
        return (
            f"{self.sent:,} hostile requests to {len(self.routes)} addresses "
            f"in {len(ROLES)} roles: "
            f"{told}; {self.acts:,} changed rows; "
            f"{self.failures.total()} failures, {self.halves.total()} half-stored rows"
        )


def targets(world: World, only: Iterable[str] = ()) -> list[Target]:
    """Each address of the access matrix, with each of its objects, once."""
    wanted = set(only)
    rows = read_table(matrix.TABLE)
    seen = {
        (row.route, row.thing): frozenset(r for r in ROLES if row.expected[r] in ("200", "made"))
        for row in rows
        if row.method == "GET"
    }
    return [
        Target(route, address(route, world.objects[thing]), seen.get((route, thing)))
        for route, thing in sorted({(row.route, row.thing) for row in rows})
        if not wanted or route in wanted
    ]


class Attack:
    """Knows what each page asks for, and sends what it doesn't."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.pages: dict[tuple[str, str], Fields] = {}

    def fields(self, role: str, target: Target) -> Fields:
        """The fields of a page as the role sees them, read once; none on a refusal."""
        if target.seen_by is not None and role not in target.seen_by:
            return _NO_FIELDS
        key = (role, target.path)
        if key not in self.pages:
            with transaction.atomic():
                got = send(Sent("GET", _raw(target.path), headers=self._cookie(role, {})))
                transaction.set_rollback(True)
            self.pages[key] = Fields(got.page.decode("utf-8", "replace"))
        return self.pages[key]

    def request(self, role: str, target: Target, draw: values.Draw) -> Sent:
        page = self.fields(role, target)
        pairs = {**page.values, **BODIES.get(target.route, {})}
        pairs.pop("csrfmiddlewaretoken", None)
        if "key" in pairs:
            pairs["key"] = f"{draw.host:032x}"  # the same key would be the same question
        own = [*pairs, *page.files]
        # Their own names twice as often as any others.
        names = [*own, *own, *page.queries, *values.NAMES]
        fields = list(pairs.items())
        for place in draw.missing:
            if place < len(fields):
                fields.pop(place)
        sent = [(_bytes(name), _bytes(value)) for name, value in fields]
        changes = [(_bytes(names[place % len(names)]), value) for place, value in draw.changes]
        if not draw.twice:
            changed = {name for name, _ in changes}
            sent = [pair for pair in sent if pair[0] not in changed]
        content_type, body = self._body(draw, [*sent, *changes], page)
        query = values.urlencoded(changes) if draw.method != "POST" or draw.host % 4 == 0 else b""
        headers = {
            "REMOTE_ADDR": f"10.{draw.host >> 16 & 255}.{draw.host >> 8 & 255}.{draw.host & 255}",
            "HTTP_X_CSRFTOKEN": self.world.token(role),
            **self._cookie(role, draw.cookies),
            **draw.headers,
        }
        path = _placed(target.path, draw.place)
        return Sent(draw.method, path, query, content_type, body, headers, draw.length)

    def _cookie(self, role: str, more: dict[str, str]) -> dict[str, str]:
        kept = {**self.world.cookies[role], **more}
        return {"HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in kept.items())}

    def _body(
        self, draw: values.Draw, pairs: list[tuple[bytes, bytes]], page: Fields
    ) -> tuple[str, bytes]:
        if draw.method in ("GET", "HEAD") and draw.host % 3:
            return "", b""
        charset = f"; charset={draw.charset}" if draw.charset else ""
        plain = f"application/x-www-form-urlencoded{charset}"
        mixed = f"multipart/form-data; boundary={values.BOUNDARY.decode()}{charset}"
        match draw.body:
            case "form":
                return plain, values.urlencoded(pairs)
            case "parts" | "broken parts":
                turn = draw.host % len(values.FILE_HEADS)
                names = [_bytes(name) for name in page.files] or [b"pictures"]
                sent = [(names[0], b"")] * turn + [(names[0], draw.raw)]
                body = values.parts(pairs, sent[turn:] if draw.host % 2 else sent)
                if draw.body == "broken parts":
                    body = body[: draw.host % len(body)] + draw.raw
                return mixed, body
            case "json":
                body = values.deep(100_000) if draw.host % 2 else values.as_json(pairs)
                return f"application/json{charset}", body
        return f"{draw.content_type}{charset}", draw.raw + values.urlencoded(pairs)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _raw(path: str) -> str:
    """As a server gives it: percent signs undone, each byte one character."""
    return unquote_to_bytes(path).decode("latin-1")


def _placed(path: str, place: str) -> str:
    """The path with its last number or name exchanged for what shouldn't stand there."""
    pieces = path.split("/")
    if place and len(pieces) > 2:
        pieces[max(len(pieces) - 3, 1)] = place
    return _raw("/".join(pieces))


def run(
    world: World,
    *,
    many: int,
    only: Iterable[str] = (),
    aims: list[Target] | None = None,
    first: int = 0,
) -> Found:
    """Send `many` requests in batches; each batch's rows are looked over and taken back."""
    found, attack = Found(), Attack(world)
    aims = aims or targets(world, only)
    numbers = itertools.count()
    for batch in range(-(-many // BATCH)):
        size = min(BATCH, many - batch * BATCH)
        with transaction.atomic():
            cache.clear()
            store.empty()
            _batch(attack, aims, numbers, found, size=size, number=first + batch)
            transaction.set_rollback(True)
    return found


def _batch(
    attack: Attack,
    aims: list[Target],
    numbers: "itertools.count[int]",
    found: Found,
    *,
    size: int,
    number: int,
) -> None:
    before, kept = set(broken()), files()
    left = size

    # Nothing is raised in here, so hypothesis only draws: it never repeats or shrinks.
    @seed(number)
    @settings(
        max_examples=size,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(values.DRAWS)
    def throw(draw: values.Draw) -> None:
        nonlocal left
        if left <= 0:
            return
        left -= 1
        turn = next(numbers)
        aim, role = aims[turn % len(aims)], ROLES[(turn + turn // len(aims)) % len(ROLES)]
        _one(attack, found, role, aim, draw)

    throw()
    for sentence in broken():
        if sentence not in before:
            found.halves[sentence] += 1
    stray = files() - kept - set(Picture.objects.values_list("name", flat=True))
    found.halves.update(f"file {name} belongs to no picture" for name in stray)
    remove_files(sorted(files() - kept))


def _one(attack: Attack, found: Found, role: str, aim: Target, draw: values.Draw) -> None:
    sent = attack.request(role, aim, draw)
    writes = Writes()
    with transaction.atomic(), connection.execute_wrapper(writes):
        got = send(sent)
        if got.status >= 500:
            transaction.set_rollback(True)
    found.sent += 1
    found.statuses[got.status] += 1
    found.routes.add(aim.route)
    if _failed(aim, got):
        found.failures[f"{role}: {sent.method[:9]} {aim.route}: {got.status} {got.problem}"] += 1
    elif got.status < 400:
        found.acts += bool(writes.tables)
    # Whoever reads withheld words is written down, also on the page that refuses their form.
    elif writes.tables and not _was_reading(writes):
        found.halves[f"{role}: {aim.route} was refused and changed {writes.tables}"] += 1


def _was_reading(writes: Writes) -> bool:
    last = Entry.objects.order_by("-seq").first()
    return set(writes.tables) <= OF_READING and last is not None and last.verb in READINGS


def _failed(aim: Target, got: Answered) -> bool:
    """/healthz says 503 while no worker lives, which is its work."""
    return got.status >= 500 and not (aim.route == "healthz" and got.status == 503)
