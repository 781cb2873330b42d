"""What a question counts for in the rates and in the ledger (`counts`)."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Value, When

from youthvoice.callbacks.models import Callback
from youthvoice.cases.choices import HopState
from youthvoice.counts.registry import Share
from youthvoice.kit.clock import start_of_day
from youthvoice.kit.months import month_of
from youthvoice.questions.models import Question
from youthvoice.rates.choices import CLASSES
from youthvoice.rates.queries import ledger
from youthvoice.rates.queries.classing import classed
from youthvoice.rates.queries.counting import EXCLUDED, of_sums

_TICK, _SECOND, _DAY = timedelta(milliseconds=1), timedelta(seconds=1), timedelta(days=1)


def count(shares: dict[int, Share], *, at: datetime) -> None:
    _count_rates(shares, at)
    _count_hops(shares, at)


def _count_rates(shares: dict[int, Share], at: datetime) -> None:
    backs, today = Callback.objects.filter(case=OuterRef("case")), start_of_day(at)
    rows = classed(Question.objects.filter(pk__in=shares, withheld_at=None), at=at).annotate(
        # A rating counts from the next day on, and being asked after the moment itself.
        is_rated=Exists(backs.filter(answered_at__gte=today)),
        is_asked=Exists(backs.filter(opened_at__gte=at)),
    )
    told = ("pk", "asked_at", "field", "case__holder", "case__first_due_at", "why")
    for row in rows.values(*told, "is_rated", "is_asked", *(rate.value for rate in CLASSES)):
        share, group = shares[row["pk"]], f"rates:{month_of(row['asked_at']):%Y-%m}"
        if row["case__first_due_at"] is not None:
            share.until(row["case__first_due_at"] + _TICK)
        share.until(today + _DAY if row["is_rated"] else None)
        share.until(at + _SECOND if row["is_asked"] else None)
        if row["why"]:
            share.add(group, f"{EXCLUDED}:{row['why']}")
            continue
        for rate in CLASSES:
            share.add(group, f"{row['case__holder']}:{row['field']}:{rate.value}:{row[rate]}")


def _count_hops(shares: dict[int, Share], at: datetime) -> None:
    late = Case(
        When(ledger.overdue(at), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    rows = ledger.hops().filter(lane__case__question__in=shares).annotate(late=late)
    for hop in rows.select_related("lane__case"):
        share, body = shares[hop.lane.case.question_id], hop.receiver_id
        share.add("hops", f"{body}:asked")
        if hop.is_open:
            share.add("hops", f"{body}:open")
            if hop.late:
                share.add("hops", f"{body}:overdue")
            elif hop.is_running:
                own = hop.due_at if hop.signed_at else hop.sign_due_at
                share.until(max(own, hop.lane.due_at) + _TICK)
        elif hop.state == HopState.RETURNED:
            share.add("hops", f"{body}:returned")
        elif hop.state == HopState.ANSWERED and hop.ended_at is not None:
            share.add("hops", f"{body}:{'in_time' if hop.ended_at <= hop.due_at else 'late'}")


def keep_month(group: str, sums: dict[str, int], *, at: datetime) -> Any:
    year, _, month = group.removeprefix("rates:").partition("-")
    return of_sums(date(int(year), int(month), 1), sums, at=at).packed()


def keep_bodies(group: str, sums: dict[str, int], *, at: datetime) -> Any:
    return ledger.best(sums)
