"""Somebody with a copy of the database, who looks for anything that two visits have in common.

Each commit of the log belongs to the nearest act. Whatever its rows are, what stands in them, and
how long that is, is a sign of the visit; so is what stands in rows that mention the question. A
sign that a nameless question has in common with a question under somebody's name counts for them:
the more the fewer visits have it. Who has most is named; among equals, by lot.
"""

import math
import random
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.namelessness.copies import Copy, Row
from tests.namelessness.groups import Groups

_QUESTIONS = "questions_question"
#: The length from which one is a sign, and the letters from which a text is one by itself.
_LONG, _TELLING = 24, 6
#: Numbers that stand for something, not how many.
_NUMBERS = ("id", "actor", "question")
#: What every entry has in common with the one before it: that it came after it.
_CHAIN = ("journal_entry", "prev_hash")
#: How near an act a sign of its visit was found.
Signs = dict[str, float]


@dataclass(frozen=True)
class Named:
    right: int
    of: int

    def interval(self) -> tuple[float, float]:
        """Wilson's, at 95 %."""
        z, n, share = 1.96, self.of, self.right / self.of
        middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        width = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        return middle - width, middle + width

    def __str__(self) -> str:
        low, high = self.interval()
        return (
            f"{self.right} of {self.of} ({self.right / self.of:.3f}; 95 %: {low:.3f} to {high:.3f})"
        )


def name_askers(copy: Copy, groups: Groups, *, seed: int = 3) -> Named:
    """How often the asker is named among the ten of their group."""
    dice = random.Random(seed)
    visits = _visits(copy, {*groups.named, *groups.nameless})
    having: dict[str, int] = defaultdict(int)
    for signs in visits.values():
        for sign in signs:
            having[sign] += 1
    of = {person: asked for asked, person in groups.named.items()}
    right = 0
    for asked, person in groups.nameless.items():
        group = next(group for group in groups.groups if person in group)
        scores = {one: _common(visits[asked], visits[of[one]], having) for one in group}
        best = max(scores.values())
        right += dice.choice([one for one in group if scores[one] == best]) == person
    return Named(right, len(groups.nameless))


def _common(one: Signs, other: Signs, having: dict[str, int]) -> float:
    """What two visits alone have outweighs any number of everyday signs."""
    common = one.keys() & other.keys()
    return round(sum(one[sign] * other[sign] / (having[sign] - 1) ** 3 for sign in common), 9)


def _visits(copy: Copy, asked: set[int]) -> dict[int, Signs]:
    """The signs of each question's visit."""
    visits: dict[int, Signs] = {number: {} for number in asked}
    acts = sorted((place, number) for number, place in _acts(copy, asked).items())
    for place, commit in enumerate(copy.commits):
        after = bisect(acts, (place, 0))
        near = sorted(
            (abs(at - place), number) for at, number in acts[max(after - 1, 0) : after + 1]
        )
        for steps, number in near[:1]:
            for touch in commit:
                signs = [f"row {touch.row}", *_signs_in(touch.table, touch.values)]
                _add(visits[number], signs, 1 / (1 + steps))
    for table, rows in copy.rows.items():
        seen: set[int] = set()
        for row in rows:
            for number in _mentioned(row) & asked:
                # The first to read a question, or to do anything with it, is its asker.
                _add(visits[number], _signs_in(table, row.items()), 0.5 if number in seen else 1.0)
                seen.add(number)
    return visits


def _acts(copy: Copy, asked: set[int]) -> dict[int, int]:
    """In which commit each question came."""
    found: dict[int, int] = {}
    for place, commit in enumerate(copy.commits):
        for touch in commit:
            number = dict(touch.values).get("id") if touch.table == _QUESTIONS else None
            if number in asked:
                found.setdefault(number, place)
    return found


def _add(signs: Signs, more: Iterable[str], weight: float) -> None:
    for sign in more:
        # Two texts are as long as each other more easily than they are the same.
        told = weight / 4 if sign.startswith("length ") else weight
        signs[sign] = max(signs.get(sign, 0.0), told)


def _signs_in(table: str, values: Iterable[tuple[str, Any]]) -> Iterator[str]:
    for column, given in values:
        value = bytes(given) if isinstance(given, memoryview) else given
        if (table, column) == _CHAIN:
            continue
        if isinstance(value, str | bytes):
            if len(value) >= _LONG:
                yield f"length {table}.{column} {len(value)}"
            if len(value) >= _TELLING:
                # The same in whatever column it stands.
                yield f"value {value!r}"
        elif isinstance(value, date):
            yield f"value {value}"
        elif isinstance(value, int) and column.endswith(_NUMBERS):
            yield f"{table}.{column} {value}"


def _mentioned(row: Row) -> set[int]:
    """The questions that a row may be about: by a column's name, or in a text."""
    found = set()
    for column, value in row.items():
        if isinstance(value, int) and column in ("question_id", "question"):
            found.add(value)
        elif isinstance(value, str) and "question:" in value:
            number = value.rpartition("question:")[2]
            if number.isdecimal():
                found.add(int(number))
    return found
