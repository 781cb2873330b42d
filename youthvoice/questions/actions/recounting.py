"""Counting everything anew from the rows: the proof that the kept numbers are exact."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import OperationalError, connection, transaction
from django.db.models import Count, F, IntegerField, Model, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from youthvoice.people.choices import Origin as PersonOrigin
from youthvoice.people.models import User
from youthvoice.questions.actions import heat, taking_part
from youthvoice.questions.actions.problem import Unable
from youthvoice.questions.choices import AnswerKind, Origin, TallyName
from youthvoice.questions.models import (
    Answer,
    Comment,
    Follow,
    Participant,
    Question,
    Tag,
    Tally,
    Useful,
)
from youthvoice.topics import actions as topics
from youthvoice.topics.models import Topic

#: All that is counted, and all that counts.
_COUNTED = (Question, Answer, Comment, Useful, Follow, Tag, Participant, Topic, Tally, User)
_TRIES = 100
_PAUSE = 0.1


@dataclass(frozen=True)
class Drift:
    """A number that was not what the rows say."""

    name: str
    kept: int
    counted: int


class Busy(Unable):
    """No quiet moment was found; nothing was changed."""


def recount() -> list[Drift]:
    """Count anew, set what was wrong, and tell it; an empty list means all was exact.

    Nothing is written meanwhile. Raises Busy when others never stop writing.
    """
    for _attempt in range(_TRIES):
        try:
            with transaction.atomic():
                _stop_writers()
                return [*_counters(), *_tallies(), *_topics()]
        except OperationalError:
            if connection.in_atomic_block:
                break  # somebody else's transaction: it is theirs to try again
            time.sleep(_PAUSE)
    raise Busy(_("这会儿写入太忙，过一会儿再数。"))


def _stop_writers() -> None:
    """On SQLite the transaction itself does it. On PostgreSQL the tables are locked all at
    once or not at all: waiting for one while holding another could tear an act apart."""
    if connection.vendor == "postgresql":
        tables = ", ".join(model._meta.db_table for model in _COUNTED)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {tables} IN EXCLUSIVE MODE NOWAIT")


def _tallies() -> Iterator[Drift]:
    local = Question.objects.filter(origin=Origin.LOCAL)
    imported = Question.objects.filter(origin=Origin.IMPORTED)
    people = User.objects.filter(origin=PersonOrigin.LOCAL, participated_at__isnull=False)
    counted = {
        TallyName.QUESTIONS: local.listed().count(),
        TallyName.IMPORTED: imported.listed().count(),
        TallyName.PEOPLE: people.count(),
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
        if model is Question:
            heat.add(pk)
        yield Drift(f"{model._meta.label_lower}:{pk} {counter}", kept, counted)


def _topics() -> Iterator[Drift]:
    """The people of each topic, and what follows from them."""
    real = set(taking_part.taking_part())
    kept = set(Participant.objects.values_list("topic", "person"))
    for topic, person in kept - real:
        Participant.objects.filter(topic=topic, person=person).delete()
    Participant.objects.bulk_create(
        Participant(topic_id=topic, person_id=person) for topic, person in sorted(real - kept)
    )
    before, after = (Counter(topic for topic, _person in rows) for rows in (kept, real))
    for topic in sorted({topic for topic, _person in kept ^ real}):
        yield Drift(f"topics.topic:{topic} people", before[topic], after[topic])
    for one in Topic.objects.order_by("pk"):
        counted = taking_part.counts_of(one.pk)
        was = {"questions": one.question_count, "participants": one.participant_count}
        if counted != was:
            topics.set_counts(topic=one.pk, **counted)
        for name in counted:
            if counted[name] != was[name]:
                yield Drift(f"topics.topic:{one.pk} {name}", was[name], counted[name])
