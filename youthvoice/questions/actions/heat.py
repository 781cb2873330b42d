"""Counters of a question and what follows from them."""

import math
from datetime import datetime
from functools import cache

from django.db import connection

#: A question with ten times the acts stands as if asked so many hours later.
HOURS_A_TENFOLD = 12.5


def at_asking(asked_at: datetime, *, points: int = 1) -> float:
    """The heat of a question that is being made; what `add` gives for the same counts."""
    return asked_at.timestamp() / 3600 + HOURS_A_TENFOLD * math.log10(points)


#: What each counter of a question weighs.
_WEIGHTS = {
    "follow_count": 2,
    "useful_count": 1,
    "comment_count": 1,
    "official_count": 2,
    "government_count": 2,
    "expert_count": 2,
    "peer_count": 2,
}


#: The counters of a row as it stands, in sum; %s is what is added to them.
_POINTS = " + ".join(["1.0", "%s", *(f"{name} * {by}" for name, by in _WEIGHTS.items())])
_HOURS_AN_E = HOURS_A_TENFOLD / math.log(10)
#: In SQL of its own: every act waits for it, and Django would write it anew each time, which
#: takes several times as long as the row's change.
_HEAT = {
    "sqlite": f"(julianday(asked_at) - 2440587.5) * 24.0 + {_HOURS_AN_E} * LN(MAX({_POINTS}, 1.0))",
    "postgresql": (
        "EXTRACT(EPOCH FROM asked_at)::float8 / 3600.0"
        f" + {_HOURS_AN_E} * LN(GREATEST({_POINTS}, 1.0)::float8)"
    ),
}


@cache
def _adding(vendor: str, names: tuple[str, ...]) -> str:
    # On the right every counter is what it was before.
    changes = ", ".join([*(f"{name} = {name} + %s" for name in names), f"hot = {_HEAT[vendor]}"])
    return f"UPDATE questions_question SET {changes} WHERE id = %s"  # noqa: S608 # nosec B608 - our own words


def add(question_id: int, **counts: int) -> None:
    """Add to counters of a question and let its place among the hot ones follow."""
    more = sum(_WEIGHTS.get(name, 0) * by for name, by in counts.items())
    with connection.cursor() as cursor:
        cursor.execute(
            _adding(connection.vendor, tuple(counts)), [*counts.values(), more, question_id]
        )
