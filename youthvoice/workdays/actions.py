"""Watching that the holidays of the years that deadlines fall into are known."""

from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone

from youthvoice.journal.actions import record
from youthvoice.workdays import queries
from youthvoice.workdays.models import UnknownYear

#: From this month on deadlines reach into the next year, whose days are published in autumn.
_MONTH = 12
_log = structlog.get_logger("youthvoice.workdays")


def look_ahead(*, at: datetime) -> None:
    """A step of the clock: are this year's days known, and from December those of the next?

    While they are not, each run is an ERROR line; the first also makes the row by which operators
    see it at their desks, and an entry in the journal. A year that has become known, or is over,
    is settled, with an entry too.
    """
    # Another process may have taken in what operators entered.
    queries.forget_calendar()
    calendar, today = queries.calendar_for(at), timezone.localdate(at)
    for year in [today.year, today.year + 1][: 2 if today.month >= _MONTH else 1]:
        if not calendar.knows(year):
            _log.error("workdays.year_missing", year=year)
            _note(year, at=at)
    for row in UnknownYear.objects.filter(settled_at=None):
        if row.year < today.year or calendar.knows(row.year):
            _settle(row, at=at)


def _note(year: int, *, at: datetime) -> None:
    """Once, and again if the days were taken out after all."""
    with transaction.atomic():
        row, made = UnknownYear.objects.get_or_create(year=year, defaults={"first_seen_at": at})
        settled = UnknownYear.objects.filter(year=year).exclude(settled_at=None)
        if made or settled.update(settled_at=None):
            record("workdays.year_unknown", subject=row, actor=None, at=at)


def _settle(row: UnknownYear, *, at: datetime) -> None:
    with transaction.atomic():
        if UnknownYear.objects.filter(pk=row.pk, settled_at=None).update(settled_at=at):
            record("workdays.year_settled", subject=row, actor=None, at=at)
