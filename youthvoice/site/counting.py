"""What questions count for in the numbers of the site (`counts`)."""

from datetime import datetime, timedelta

from django.db.models import Count

from youthvoice.counts.registry import Share
from youthvoice.questions.choices import Origin
from youthvoice.questions.models import Answer, Question
from youthvoice.questions.queries import MEDIAN_DAYS

_DAY = 24 * 3600


def count(shares: dict[int, Share], *, at: datetime) -> None:
    rows = Question.objects.listed().filter(pk__in=shares)
    for number, field in rows.waiting().values_list("pk", "field"):
        shares[number].add("waiting", field)
    told = ("pk", "field", "origin", "first_answered_at", "first_answer_seconds")
    for number, field, origin, first_at, seconds in rows.values_list(*told):
        share = shares[number]
        share.add("asked", field)
        if origin == Origin.LOCAL and first_at is not None:
            until = first_at + timedelta(days=MEDIAN_DAYS)
            if until > at:
                share.add("first", fineness(seconds))
                share.until(until)
    answers = Answer.objects.filter(question__in=rows, deleted_at=None, organisation__isnull=False)
    bodies = answers.order_by().values_list("question", "organisation")
    for number, body, many in bodies.annotate(Count("pk")):
        shares[number].add("answers", body, many)


def fineness(seconds: int) -> int:
    """A wait as finely as pages tell it: minutes of a day, hours of ten days, then days."""
    step = 60 if seconds < _DAY else 3600 if seconds < 10 * _DAY else _DAY
    return max(seconds, 0) // step * step


def median(group: str, sums: dict[str, int], *, at: datetime) -> int | None:
    """The lower middle one."""
    left = (sum(sums.values()) + 1) // 2
    for seconds in sorted(map(int, sums)):
        left -= sums[str(seconds)]
        if left <= 0:
            return seconds
    return None
