"""Counters of a question and what follows from them."""

import math
from datetime import datetime
from typing import Any

from django.db.models import F, FloatField, Func, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Greatest, Log

from youthvoice.questions.models import Question

#: A question with ten times the acts stands as if asked so many hours later.
HOURS_A_TENFOLD = 12.5


def at_asking(asked_at: datetime, *, points: int = 1) -> float:
    """The heat of a question that is being made; what `add` gives for the same counts."""
    return asked_at.timestamp() / 3600 + HOURS_A_TENFOLD * math.log10(points)


class _Epoch(Func):
    """Seconds since 1970 of a time column, on both databases."""

    output_field = FloatField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="((julianday(%(expressions)s) - 2440587.5) * 86400.0)"
        )

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="EXTRACT(EPOCH FROM %(expressions)s)")


def _heat() -> Combinable:
    points = (
        Value(1)
        + F("follow_count") * 2
        + F("useful_count")
        + F("comment_count")
        + (F("official_count") + F("government_count") + F("expert_count") + F("peer_count")) * 2
    )
    tenfolds = Cast(Log(10, Cast(Greatest(points, 1), FloatField())), FloatField())
    return _Epoch(F("asked_at")) / 3600.0 + tenfolds * HOURS_A_TENFOLD


def add(question_id: int, **counts: int) -> None:
    """Add to counters of a question and let its place among the hot ones follow."""
    changes = {name: F(name) + by for name, by in counts.items()}
    rows = Question.objects.filter(pk=question_id)
    if changes:
        rows.update(**changes)
    rows.update(hot=_heat())
