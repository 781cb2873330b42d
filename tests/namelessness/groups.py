"""Groups of ten who each ask once with their name and once without, through real pages.

Who comes when is drawn for the two independently, and so is what they say. They come one after
the other, and what they read is written after each of them: nobody stands between two acts of a
visit, which is the best that somebody with a copy of the database can hope for.
"""

import random
import re
from dataclasses import dataclass, field

from django.db import connection
from django.test import Client

from tests.factories import PASSWORD, PersonFactory
from tests.namelessness.crowd import _WORDS, AGENTS, FIELDS, KINDS, REGIONS
from youthvoice.people.models import User
from youthvoice.reads.actions import Recorder

TEN = 10
#: Tables of the controls; whoever looks for what the house gives away looks past them.
PLANTED = ("planted_marks", "planted_counts")


@dataclass
class Groups:
    """People's numbers in groups; who asked what, which of the nameless only the test knows."""

    groups: list[list[int]] = field(default_factory=list)
    named: dict[int, int] = field(default_factory=dict)
    nameless: dict[int, int] = field(default_factory=dict)


@dataclass
class Visitor:
    person: User
    client: Client
    network: str
    signed_in: bool = False


def settle(many: int, *, seed: int = 10) -> list[list[Visitor]]:
    """Groups of people who have been here for long."""
    dice = random.Random(seed)
    _make_planted()
    return [[_visitor(number, place, dice) for place in range(TEN)] for number in range(many)]


def ask_all(groups: list[list[Visitor]], recorder: Recorder, *, seed: int = 11) -> Groups:
    """Each asks once with their name and once without, one group after the other."""
    dice, found = random.Random(seed), Groups()
    for visitors in groups:
        found.groups.append([visitor.person.pk for visitor in visitors])
        visits = [(v, name) for v in visitors for name in ("named", "nameless")]
        dice.shuffle(visits)
        for visitor, name in visits:
            asked = _visit(visitor, name, dice, recorder)
            (found.named if name == "named" else found.nameless)[asked] = visitor.person.pk
    return found


def _visitor(group: int, place: int, dice: random.Random) -> Visitor:
    # Names of many lengths: what is sealed must not tell them.
    person = PersonFactory.create(username=f"{'a' * dice.randint(1, 40)}{group}-{place}")
    network = f"10.{group}.{place}.{dice.randint(1, 250)}"
    client = Client(REMOTE_ADDR=network, HTTP_USER_AGENT=dice.choice(AGENTS))
    return Visitor(person, client, network)


def _visit(visitor: Visitor, name: str, dice: random.Random, recorder: Recorder) -> int:
    """Come, ask, look at it, and go or stay signed in; gives the question's number."""
    client = visitor.client
    if not visitor.signed_in:
        client.get("/accounts/login/")
        values = {"login": visitor.person.username, "password": PASSWORD}
        remember = {"remember": "on"} if dice.random() < 0.5 else {}
        assert client.post("/accounts/login/", values | remember).status_code == 302
    for path in ("/", "/me/bar/"):
        client.get(path)
    form = client.get("/ask/").content.decode()
    key = re.search(r'name="key"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="key"', form)
    assert key, "the form has no key"
    _count_planted(visitor.network)
    sent = client.post("/ask/", _said(dice) | {"key": key[1] or key[2], "name_choice": name})
    assert sent.status_code == 200, sent.content.decode()[:500]
    asked = int(sent.context["question"].pk)
    for path in (f"/q/{asked}/", f"/me/q/{asked}/", "/me/bar/"):
        assert client.get(path).status_code == 200
    _mark_planted(asked, visitor.network)
    visitor.signed_in = dice.random() < 0.5
    if not visitor.signed_in:
        client.post("/accounts/logout/")
    recorder.flush()
    return asked


def _said(dice: random.Random) -> dict[str, str]:
    return {
        "kind": dice.choice(KINDS),
        "field": dice.choice(FIELDS),
        "region": dice.choice(REGIONS),
        "title": "".join(dice.choices(_WORDS, k=4)) + "怎么办",
        "text": "，".join(dice.choices(_WORDS, k=12)) + "。",
    }


# --- What gave them away before ----------------------------------------------------------


def _make_planted() -> None:
    number = "integer PRIMARY KEY"
    if connection.vendor == "postgresql":
        number = "integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE planted_marks (id {number}, target text, visitor text)")
        cursor.execute("CREATE TABLE planted_counts (key text PRIMARY KEY, used integer)")


def _mark_planted(question: int, network: str) -> None:
    """A visitor's reads had something in common: as `reads_mark` was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO planted_marks (target, visitor) VALUES (%s, %s)",
            [f"question:{question}", f"hash of {network}"],
        )


def _count_planted(network: str) -> None:
    """One count for both sorts of asking: as `limits_count` was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO planted_counts (key, used) VALUES (%s, 1) "
            "ON CONFLICT (key) DO UPDATE SET used = planted_counts.used + 1",
            [f"hmac of {network}"],
        )
