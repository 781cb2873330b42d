"""That no question is without a holder, a clock and a trail."""

from collections.abc import Callable, Iterable, Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from youthvoice.cases.choices import (
    HOP_OPEN,
    LANE_AWAITED,
    LANE_OPEN,
    RUNNING,
    LaneKind,
    LaneState,
    State,
)
from youthvoice.cases.models import Case, Hop, Lane, Step
from youthvoice.questions.models import Answer, Question

#: Named one by one up to so many of a kind.
NAMED_MOST = 20
#: What is wrong, in words that follow "question 12", and the questions of which it is true.
Fault = tuple[str, QuerySet[Question]]
_joined: list[Callable[[], Iterable[Fault]]] = []


def join(faults: Callable[[], Iterable[Fault]]) -> None:
    """Higher floors look after what they add to a case; each joins once, when it is ready."""
    _joined.append(faults)


def without() -> Iterator[str]:
    """A sentence for each question that lacks something, or has it by halves."""
    own = Lane.objects.filter(case=OuterRef("pk"), is_own=True)
    running = own.filter(stopped_at=None)
    yield from _named("has no case", Question.objects.filter(case=None))
    for fault, cases in (
        ("has no lane of its holder", Case.objects.filter(~Exists(own))),
        (
            "has a lane that another body holds",
            Case.objects.filter(Exists(own.exclude(holder=OuterRef("holder")))),
        ),
        (
            "is held by a body that is no longer in use",
            Case.objects.filter(state__in=RUNNING, holder__is_active=False),
        ),
        (
            "waits without a clock",
            Case.objects.filter(state__in=RUNNING)
            .filter(~Exists(running))
            .exclude(Exists(own.filter(state="paused"))),
        ),
        (
            "waits for nobody and its clock runs",
            Case.objects.exclude(state__in=RUNNING).filter(Exists(running)),
        ),
        (
            "counts as answered and no answer of a body stands",
            Case.objects.filter(state__in=[State.ANSWERED, State.PROMISED]).filter(
                ~Exists(
                    Answer.objects.filter(
                        question=OuterRef("question"), deleted_at=None, organisation__isnull=False
                    )
                )
            ),
        ),
        (
            "shows other kinds of help as open than its lanes are",
            Case.objects.filter(_shows_others()),
        ),
        ("has no trail", Case.objects.filter(~Exists(Step.objects.filter(case=OuterRef("pk"))))),
    ):
        yield from _named(fault, Question.objects.filter(case__in=cases))
    yield from _lanes()
    for faults in _joined:
        for fault, questions in faults():
            yield from _named(fault, questions)


def _shows_others() -> Q:
    """That `open_kinds` and the lanes say two things."""
    found = Q()
    for kind in LaneKind:
        lanes = Lane.objects.filter(case=OuterRef("pk"), is_own=False, kind=kind)
        is_open = Q(Exists(lanes.filter(state__in=LANE_AWAITED)))
        is_shown = Q(open_kinds__contains=kind[0])
        found |= (is_open & ~is_shown) | (~is_open & is_shown)
    return found


def _lanes() -> Iterator[str]:
    open_hop = Hop.objects.filter(lane=OuterRef("pk"), state__in=HOP_OPEN)
    asked = Hop.objects.filter(lane=OuterRef("pk"))
    others = Lane.objects.filter(is_own=False).exclude(case__state=State.ASIDE)
    for fault, lanes in (
        (
            "was referred to a body whose clock stands",
            others.filter(state__in=LANE_OPEN).exclude(stopped_at=None),
        ),
        (
            "asks nothing of a body whose clock runs",
            others.filter(stopped_at=None).exclude(state__in=LANE_OPEN),
        ),
        (
            "was answered by a body of which no answer stands",
            others.filter(Exists(asked), state=LaneState.ANSWERED).filter(
                ~Exists(
                    Answer.objects.filter(
                        question=OuterRef("case__question"), deleted_at=None
                    ).filter(
                        Q(organisation=OuterRef("holder"))
                        | Q(organisation=None, kind=OuterRef("kind"))
                    )
                ),
            ),
        ),
        (
            "was asked of a body by nobody",
            others.filter(state__in=LANE_OPEN).exclude(Exists(open_hop)),
        ),
        (
            "is late and nobody will be told",
            Lane.objects.filter(stopped_at=None, escalate_at=None, rung=0),
        ),
        (
            "has a clock that ends before it begins",
            Lane.objects.filter(Q(stopped_at=None), due_at__lt=F("since")),
        ),
    ):
        yield from _named(fault, Question.objects.filter(case__lanes__in=lanes).distinct())


def _named(fault: str, questions: QuerySet[Question]) -> Iterator[str]:
    numbers = list(questions.order_by("pk").values_list("pk", flat=True)[: NAMED_MOST + 1])
    yield from (f"question {pk} {fault}" for pk in numbers[:NAMED_MOST])
    if len(numbers) > NAMED_MOST:
        yield f"… and {questions.count() - NAMED_MOST} more: {fault}"


def counts() -> dict[str, int]:
    return {
        "questions": Question.objects.count(),
        "cases": Case.objects.count(),
        "running": Lane.objects.filter(stopped_at=None).count(),
    }
