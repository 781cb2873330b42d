"""When things are due, by the working calendar."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from youthvoice.cases import ladder
from youthvoice.cases.choices import Grade
from youthvoice.cases.models import Term
from youthvoice.kit.kept import Kept
from youthvoice.workdays.queries import WorkCalendar, calendar_for

#: Terms change by an operator's hand, a few times a year.
_terms: Kept[list[Term]] = Kept("cases.terms", seconds=60)


@dataclass(frozen=True)
class Terms:
    """How long things may take for one field and kind."""

    first_reply_hours: int
    worst_hours: int
    next_step_days: int


def terms_for(*, field: str, kind: str) -> Terms:
    """What the most exact row says, for each column by itself; else the settings."""
    rows = _terms.get()
    if rows is None:
        rows = _terms.keep(list(Term.objects.all()))
    fitting = [row for row in rows if row.field in ("", field) and row.kind in ("", kind)]
    fitting.sort(key=lambda row: (row.field == "", row.kind == ""))

    def first(column: str, default: int) -> int:
        said = (getattr(row, column) for row in fitting)
        return next((value for value in said if value is not None), default)

    return Terms(
        first("first_reply_hours", settings.FIRST_REPLY_HOURS),
        first("worst_hours", settings.FIRST_REPLY_WORST_HOURS),
        first("next_step_days", settings.NEXT_STEP_DAYS),
    )


def forget_terms() -> None:
    _terms.forget()


def is_estimated(due_at: datetime, *, at: datetime) -> bool:
    """Whether a deadline that is set at `at` rests on holidays that aren't published yet.

    Whatever is written beside a `due_at` says so, so that it is marked wherever it is shown,
    and reckoned anew when the list is there (`actions/replanning.py`).
    """
    return calendar_for(at).is_estimated(due_at)


def first_reply_due(
    at: datetime, *, field: str, kind: str, calendar: WorkCalendar | None = None
) -> datetime:
    """After so many hours of duty time, and after so many hours of any time at the worst."""
    terms = terms_for(field=field, kind=kind)
    on_duty = (calendar or calendar_for(at)).add_hours(
        at, terms.first_reply_hours, settings.DUTY_HOURS
    )
    return min(on_duty, at + timedelta(hours=terms.worst_hours))


def next_step_due(at: datetime, *, field: str, kind: str) -> datetime:
    return calendar_for(at).add_days(at, terms_for(field=field, kind=kind).next_step_days)


def sign_due(at: datetime) -> datetime:
    return calendar_for(at).add_hours(at, settings.SIGN_HOURS, settings.WORKING_HOURS)


def referral_due(at: datetime, grade: Grade) -> datetime:
    days = dict(zip(Grade, settings.REFERRAL_DAYS, strict=True))[Grade(grade)]
    return calendar_for(at).add_days(at, days)


def left(at: datetime, due_at: datetime) -> int:
    """Working seconds from `at` until `due_at`; 0 if it is past."""
    if due_at <= at:
        return 0
    spent = calendar_for(at).working_time_between(at, due_at, settings.WORKING_HOURS)
    return int(spent.total_seconds())


def due_after(at: datetime, seconds: int) -> datetime:
    """When so many working seconds are over."""
    return calendar_for(at).add_hours(at, timedelta(seconds=seconds), settings.WORKING_HOURS)


def tells_at(due_at: datetime, rung: int) -> datetime | None:
    """When the next one up is told of what is late; None when nobody is left to tell."""
    return ladder.tells_at(due_at, rung, settings.ESCALATION_HOURS)
