"""Counting everything anew from the rows: the proof that the kept numbers are exact."""

from collections.abc import Iterator

from django.db.models import Count, F, IntegerField, Model, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from youthvoice.kit.recounting import Drift
from youthvoice.people.models import User
from youthvoice.questions.actions import heat
from youthvoice.questions.choices import AnswerKind, Origin, TallyName
from youthvoice.questions.models import (
    Answer,
    Comment,
    Follow,
    Question,
    Tally,
    Useful,
    participants,
)

#: All that is counted, and all that counts.
COUNTED = (Question, Answer, Comment, Useful, Follow, Tally, User)


def count_anew() -> Iterator[Drift]:
    yield from _counters()
    yield from _tallies()


def _tallies() -> Iterator[Drift]:
    local = Question.objects.filter(origin=Origin.LOCAL)
    imported = Question.objects.filter(origin=Origin.IMPORTED)
    counted = {
        TallyName.QUESTIONS: local.listed().count(),
        TallyName.IMPORTED: imported.listed().count(),
        TallyName.PEOPLE: participants().count(),
        TallyName.NAMELESS: local.filter(is_nameless=True, withheld_at=None).count(),
    }
    kept = dict(Tally.objects.select_for_update().values_list("name", "value"))
    for name, value in counted.items():
        if kept.get(name, 0) != value:
            Tally.objects.update_or_create(name=name, defaults={"value": value})
            yield Drift(name, kept.get(name, 0), value)


def _counters() -> Iterator[Drift]:
    """The counters on questions and answers, the answers' own first: questions sum them."""
    answers, comments = (
        Answer.objects.filter(deleted_at=None),
        Comment.objects.filter(deleted_at=None),
    )
    plan: list[tuple[type[Model], str, QuerySet[Model], str]] = [
        (Answer, "useful_count", Useful.objects.all(), "answer"),
        (Answer, "comment_count", comments, "answer"),
        (Question, "follow_count", Follow.objects.all(), "question"),
        (Question, "comment_count", comments, "question"),
        *(
            (Question, f"{kind}_count", answers.filter(kind=kind), "question")
            for kind in AnswerKind.values
        ),
    ]
    for model, counter, rows, link in plan:
        yield from _set(model, counter, _of(rows, link, Count("pk")))
    yield from _set(Question, "useful_count", _of(answers, "question", Sum("useful_count")))
    for pk, kept, real in heat.misplaced():
        heat.add(pk)
        yield Drift(f"questions.question:{pk} hot", kept, real)


def _of(rows: QuerySet[Model], link: str, what: Count | Sum) -> Coalesce:
    """For each row of the model that is counted for: `what` over the rows that link to it."""
    grouped = rows.filter(**{link: OuterRef("pk")}).order_by().values(link)
    return Coalesce(
        Subquery(grouped.annotate(_n=what).values("_n"), output_field=IntegerField()), 0
    )


def _set(model: type[Model], counter: str, real: Coalesce) -> Iterator[Drift]:
    rows = model._default_manager.annotate(_real=real).exclude(**{counter: F("_real")})
    for pk, kept, counted in list(rows.values_list("pk", counter, "_real")):
        model._default_manager.filter(pk=pk).update(**{counter: counted})
        yield Drift(f"{model._meta.label_lower}:{pk} {counter}", kept, counted)
