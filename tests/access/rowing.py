"""Reading the table of the access matrix."""

from dataclasses import dataclass
from functools import cache

from tests.access import matrix
from tests.access.world import GROUPS, ROLES, SIGNED

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
    changed); a + after a number says that withheld words were read, and by whom. The groups
    of world.GROUPS and `signed` stand for their roles.
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


@cache
def public_routes() -> set[str]:
    lines = (line.split() for line in matrix.PUBLIC.splitlines() if line and line[0] != "#")
    return {words[1].replace("''", "") for words in lines}
