from typing import Any

from django.db.models import (
    Aggregate,
    CharField,
    JSONField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Concat

from youthvoice.counts import queries as counts
from youthvoice.kit.paging import Key, Page, by_time, page
from youthvoice.orgs.models import Organisation
from youthvoice.questions.models import QuestionQuerySet
from youthvoice.questions.queries import READS as QUESTIONS_READS
from youthvoice.questions.queries import of_question
from youthvoice.reads import queries as reads_queries
from youthvoice.topics.models import Tag, Topic

_LATEST = by_time("active_at")
#: The group of sums (`counts`) that holds how often a topic's questions were read.
READ = "topic-reads"


def listed(*, after: str = "") -> Page[Topic]:
    """One page of all topics, those first in which something was said last. One query."""
    return page(Topic.objects.select_related("host"), key=_LATEST, after=after)


def hosted_by(organisation: Organisation, *, after: str = "") -> Page[Topic]:
    """One page of an organisation's topics, the same way. One query."""
    return page(Topic.objects.filter(host=organisation), key=_LATEST, after=after)


def open_at(organisation: Organisation, *, most: int) -> list[Topic]:
    """Those that still take questions, the liveliest first."""
    rows = Topic.objects.filter(host=organisation, closed_at=None)
    return list(rows.order_by("-active_at", "-pk")[:most])


class _Pairs(Aggregate):
    """A list of pairs, on both databases."""

    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "json_group_array(json_array(%(expressions)s))"
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "jsonb_agg(jsonb_build_array(%(expressions)s))"
        return self.as_sql(compiler, connection, template=template, **extra)


def with_topics(rows: QuestionQuerySet) -> QuestionQuerySet:
    """Each with its `topic_names`: pairs of number and name, or None. No query of its own."""
    tags = Tag.objects.filter(question=OuterRef("pk")).order_by().values("question")
    named = tags.annotate(named=_Pairs("topic_id", "topic__name")).values("named")
    return rows.annotate(topic_names=Subquery(named))


def _read_id(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise ValueError("no question has such a number")
    return int(text)


#: As they were asked, the newest first.
_NEWEST_NUMBER = Key("question_id", True, str, _read_id)


def in_topic(topic: Topic, *, after: str = "") -> Page[Tag]:
    """One page of a topic's questions, with what a row in a list needs. One query."""
    rows = shown_tags().filter(topic=topic).select_related(*of_question())
    return page(rows, key=_NEWEST_NUMBER, after=after)


def shown_tags() -> QuerySet[Tag]:
    return Tag.objects.filter(question__deleted_at=None, question__withheld_at=None)


def name_for_reads(topic: Topic) -> str:
    return f"topic:{topic.pk}"


def reads_of(topic: Topic) -> dict[str, int]:
    """How often its own page was read, and how often the questions in it. Two queries."""
    own = name_for_reads(topic)
    name = Concat(
        Value(QUESTIONS_READS), Cast("question_id", CharField()), output_field=CharField()
    )
    kept = counts.sums(READ, [topic.pk])
    questions = shown_tags().filter(topic=topic).order_by().values_list(name, flat=True)
    return {
        "page": reads_queries.totals([own]).get(own, 0),
        "questions": kept[str(topic.pk)] if kept else reads_queries.sum_of(questions),
    }
