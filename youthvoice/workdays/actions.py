"""A year's list of holidays: taking it in, and watching that it is there in time."""

from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from youthvoice.journal.actions import record
from youthvoice.people.models import User
from youthvoice.workdays import policy, queries, reckoning
from youthvoice.workdays.models import DayOverride, EnteredYear, UnknownYear
from youthvoice.workdays.notice import Notice

#: From this month on deadlines reach into the next year, whose days are published in autumn.
_MONTH = 12
#: Notices are published for the next year; no one is for a year further off.
_YEARS_AHEAD = 2
_log = structlog.get_logger("youthvoice.workdays")


class UnableToEnter(Exception):
    """The list can't be entered; its words are for the operator."""


def check_year(year: int, *, at: datetime) -> None:
    """Raises UnableToEnter for a year whose list is not wanted."""
    this = timezone.localdate(at).year
    if year in reckoning.PUBLISHED:
        raise UnableToEnter(_("%d 年的安排软件里已经有了，不用再填。") % year)
    if not this <= year <= this + _YEARS_AHEAD:
        raise UnableToEnter(_("%d 年的安排现在用不上，请看看年份写对没有。") % year)


def enter_year(*, notice: Notice, by: User, at: datetime) -> None:
    """Take in a year's list as it was read; whatever an earlier reading of it said is replaced.

    A day of which an operator said something by itself stays as they said. Deadlines that rest
    on an estimate are reckoned anew by whoever keeps them. Raises UnableToEnter.
    """
    year = notice.year
    if not policy.may_enter(by):
        raise UnableToEnter(_("只有管理员能填放假安排。"))
    if year is not None:
        check_year(year, at=at)
    if year is None or notice.faults:
        raise UnableToEnter(_("通知里还有读不懂的地方，请先改好。"))
    with transaction.atomic():
        EnteredYear.objects.get_or_create(year=year, defaults={"entered_at": at})
        # Of two who enter at once the second waits here, and then replaces what the first wrote.
        row = EnteredYear.objects.select_for_update().get(year=year)
        DayOverride.objects.filter(notice_year=year).delete()
        kept = set(DayOverride.objects.values_list("date", flat=True))
        DayOverride.objects.bulk_create(
            DayOverride(date=day, is_working=is_working, name=name, notice_year=year)
            for day, is_working, name in notice.days
            if day not in kept
        )
        # After the days, of which no signal was sent: with this one the calendar is read anew.
        row.entered_at = at
        row.save()
        record(
            "workdays.year_entered",
            subject=row,
            actor=by,
            at=at,
            data={"free": len(notice.free), "worked": len(notice.worked)},
        )


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
