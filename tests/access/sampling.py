"""Who is sent to a row: everybody, or those who are enough between two whole walks.

The whole is `bench/access.py`. A choice gives for each row of the table the roles that are sent
there; with each row another of those that are answered alike.
"""

from collections import defaultdict
from collections.abc import Callable

from tests.access.rowing import Row, public_routes
from tests.access.world import GROUPS, ROLES

Choice = Callable[[list[Row]], list[set[str]]]
KINDS = (
    GROUPS["unsigned"],
    ("asker", "peer", *GROUPS["young"]),
    ("expert", "holder", "other", "duty", "lead", "operator"),
)
#: Said before anybody looks at the thing, and to all alike.
_BEFORE = ("405", "door", "login")
_REFUSALS = ("403", "404", *_BEFORE)
_NOTHING = ("none", "nowhere")


def everyone(rows: list[Row]) -> list[set[str]]:
    return [set(ROLES) for _ in rows]


def enough(rows: list[Row]) -> list[set[str]]:
    """Whoever might come upon another's things, or be let in where they may not.

    - Every role to every page that looks at who comes.
    - Every role to every address that refuses it, GET and POST, with the things in turn.
    - To every row, for each answer, one of each kind of role: unsigned, young, staff.
    - To what looks at nobody, one role for each answer: public pages, doors, what isn't there.
    """
    found: list[set[str]] = []
    refused = defaultdict(list)
    for turn, row in enumerate(rows):
        found.append(set())
        for answer, roles in _alike(row).items():
            if looks_at_nobody(row, answer):
                found[turn].add(_in_turn(roles, turn))
                continue
            if answer == "200" or (answer == "made" and row.method == "GET"):
                # Some pages write down who reads them.
                found[turn].update(roles)
            kinds = ([role for role in kind if role in roles] for kind in KINDS)
            found[turn].update(_in_turn(kind, turn) for kind in kinds if kind)
            if answer in _REFUSALS:
                for role in roles:
                    refused[row.method, row.route, role].append(turn)
    for (_, _, role), turns in refused.items():
        found[turns[ROLES.index(role) % len(turns)]].add(role)
    return found


def looks_at_nobody(row: Row, answer: str) -> bool:
    return answer in _BEFORE or row.route in public_routes() or row.thing in _NOTHING


def for_the_database(rows: list[Row]) -> list[set[str]]:
    """On the second database: one role for each answer that is more than a refusal.

    And one for the first thing that an address refuses.
    """
    found, refused = [], set()
    for turn, row in enumerate(rows):
        alike = _alike(row)
        told = [roles for answer, roles in alike.items() if answer not in _REFUSALS]
        asked = [roles for answer, roles in alike.items() if answer in ("403", "404")]
        if asked and row.route not in refused:
            refused.add(row.route)
            told.append(asked[0])
        found.append({_in_turn(roles, turn) for roles in told})
    return found


def _alike(row: Row) -> dict[str, list[str]]:
    alike = defaultdict(list)
    for role, answer in row.expected.items():
        alike[answer].append(role)
    return alike


def _in_turn(roles: list[str], turn: int) -> str:
    # Rows stand in pairs, GET and POST: neither is for the same role each time.
    return roles[(turn + turn // 2) % len(roles)]
