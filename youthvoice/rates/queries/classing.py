"""Which class of each rate a question has, said once, in the database's words."""

from datetime import date, datetime

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from youthvoice.cases.choices import LaneState, State
from youthvoice.cases.models import Lane
from youthvoice.gathering.models import Merge
from youthvoice.kit.clock import start_of_day
from youthvoice.kit.months import begin, next_month
from youthvoice.questions.choices import Origin, Outcome
from youthvoice.questions.models import Question
from youthvoice.rates.choices import Excluded, Response, Satisfaction, Solution
from youthvoice.rates.models import Exclusion
from youthvoice.rates.queries import callbacks


def asked_in(first: date, *, months: int = 1) -> QuerySet[Question]:
    """Of `months` months that end with the one of `first`, all that was asked.

    What is withheld because somebody may be in danger is in no statistic at all.
    """
    since, until = begin(next_month(first, 1 - months)), begin(next_month(first))
    rows = Question.objects.filter(asked_at__gte=since, asked_at__lt=until)
    return rows.filter(withheld_at=None)


def classed(rows: QuerySet[Question], *, at: datetime) -> QuerySet[Question]:
    """Give each question `why` it is left out (empty if it counts), and its three classes."""
    return rows.annotate(
        stars=callbacks.stars(until=start_of_day(at)),
        why=_why(),
        response=_response(at),
        solution=_solution(),
    ).annotate(satisfaction=_satisfaction(at))


def _choice(*whens: When, default: str) -> Case:
    return Case(*whens, default=Value(default), output_field=CharField())


def _why() -> Case:
    left_out = Exclusion.objects.filter(
        case=OuterRef("case"), confirmed_at__isnull=False, ended_at=None
    )
    # Also once its asker says that it is solved: one answer to many counts once, at their lead.
    hangs = Merge.objects.filter(case=OuterRef("case"))
    return _choice(
        When(origin=Origin.IMPORTED, then=Value(Excluded.IMPORTED)),
        When(~Q(hidden_reason=""), then=Value(Excluded.HIDDEN)),
        When(deleted_at__isnull=False, then=Value(Excluded.DELETED)),
        When(Q(case__state=State.MERGED) | Exists(hangs), then=Value(Excluded.MERGED)),
        When(callbacks.is_staff_asked(), then=Value(Excluded.STAFF_ASKED)),
        When(Exists(left_out), then=Value(Excluded.UNREASONABLE)),
        default="",
    )


def _response(at: datetime) -> Case:
    """Who asked back before the deadline isn't late while they wait for the asker."""
    due_at = F("case__first_due_at")
    paused = Lane.objects.filter(
        case=OuterRef("case"),
        is_own=True,
        state=LaneState.PAUSED,
        stopped_at__lte=OuterRef("case__first_due_at"),
    )
    return _choice(
        When(case__first_reply_at__lte=due_at, then=Value(Response.IN_TIME)),
        When(case__first_reply_at__isnull=False, then=Value(Response.LATE)),
        When(outcome=Outcome.SOLVED, outcome_at__lte=due_at, then=Value(Response.SETTLED)),
        When(Exists(paused), then=Value(Response.PAUSED)),
        When(case__first_due_at__gte=at, then=Value(Response.NOT_DUE)),
        default=Response.NONE,
    )


def _solution() -> Case:
    """Only the asker says; whoever was answered and says nothing is silent."""
    answered = (
        Q(official_count__gt=0)
        | Q(government_count__gt=0)
        | Q(expert_count__gt=0)
        | Q(peer_count__gt=0)
    )
    return _choice(
        When(outcome=Outcome.SOLVED, then=Value(Solution.SOLVED)),
        When(outcome=Outcome.UNSOLVED, then=Value(Solution.UNSOLVED)),
        When(outcome_at__isnull=False, then=Value(Solution.REOPENED)),
        When(answered, then=Value(Solution.SILENT)),
        default=Solution.OPEN,
    )


def _satisfaction(at: datetime) -> Case:
    return _choice(
        When(stars__gte=4, then=Value(Satisfaction.SATISFIED)),
        When(stars=3, then=Value(Satisfaction.SO_SO)),
        When(stars__isnull=False, then=Value(Satisfaction.UNSATISFIED)),
        When(callbacks.was_asked(at=at), then=Value(Satisfaction.SILENT)),
        default=Satisfaction.UNASKED,
    )
