"""Counters of a question, and how much it is talked about.

The published formula (`site/templates/site/home.html`): a question stands by the hour in which it
was asked; ten times the people in it, and it stands as if asked 12.5 hours later. People, not
acts: whoever writes forty comments is one. What bodies say counts nobody.
"""

import math
from datetime import datetime
from functools import cache

from django.db import connection

#: A question with ten times the people stands as if asked so many hours later.
HOURS_A_TENFOLD = 12.5


def at_asking(asked_at: datetime, *, people: int = 0) -> float:
    """The heat of a question in which so many people are, besides its asker."""
    return asked_at.timestamp() / 3600 + HOURS_A_TENFOLD * math.log10(1 + people)


# In SQL of its own: every act waits for it, and Django would write it anew each time, which takes
# several times as long as the row's change.
#: Who is in it by words or marks that stand; a nameless asker's have nobody.
_PEOPLE = """(SELECT COUNT(*) FROM (
SELECT author_id FROM questions_answer WHERE question_id = questions_question.id
AND deleted_at IS NULL AND organisation_id IS NULL AND author_id IS NOT NULL
UNION SELECT author_id FROM questions_comment WHERE question_id = questions_question.id
AND deleted_at IS NULL AND organisation_id IS NULL AND author_id IS NOT NULL AND NOT is_asker
UNION SELECT person_id FROM questions_follow WHERE question_id = questions_question.id
UNION SELECT person_id FROM questions_useful
JOIN questions_answer ON questions_answer.id = answer_id
WHERE question_id = questions_question.id AND deleted_at IS NULL) AS people)"""
_HOURS_AN_E = HOURS_A_TENFOLD / math.log(10)
_HEAT = {
    "sqlite": (f"(julianday(asked_at) - 2440587.5) * 24.0 + {_HOURS_AN_E} * LN(1.0 + {_PEOPLE})"),
    "postgresql": (
        "EXTRACT(EPOCH FROM asked_at)::float8 / 3600.0"
        f" + {_HOURS_AN_E} * LN(1.0::float8 + {_PEOPLE})"
    ),
}


@cache
def _adding(vendor: str, names: tuple[str, ...]) -> str:
    # On the right every counter is what it was before.
    changes = ", ".join([*(f"{name} = {name} + %s" for name in names), f"hot = {_HEAT[vendor]}"])
    return f"UPDATE questions_question SET {changes} WHERE id = %s"  # noqa: S608 # nosec B608 - our own words


def add(question_id: int, **counts: int) -> None:
    """Add to counters of a question and let its place follow, once the act's row is there."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Who waited for the row with the change itself would count people as of before.
            cursor.execute(
                "SELECT 1 FROM questions_question WHERE id = %s FOR UPDATE", [question_id]
            )
        cursor.execute(_adding(connection.vendor, tuple(counts)), [*counts.values(), question_id])


def misplaced() -> list[tuple[int, int, int]]:
    """Questions that stand elsewhere than the formula says: number, seconds kept and counted."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, hot, real FROM (SELECT id, hot, {_HEAT[connection.vendor]} AS real"  # noqa: S608 # nosec B608 - our own words
            " FROM questions_question) AS counted WHERE ABS(hot - real) > 0.001"
        )
        return [(pk, round(hot * 3600), round(real * 3600)) for pk, hot, real in cursor]
