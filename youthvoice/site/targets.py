"""How read counts name what was read."""

from youthvoice.questions.models import Question
from youthvoice.questions.queries import names_in_topic
from youthvoice.reads import queries as reads_queries
from youthvoice.topics.models import Topic

_QUESTION = "question:"


def of_question(pk: int) -> str:
    return f"{_QUESTION}{pk}"


def of_topic(pk: int) -> str:
    return f"topic:{pk}"


def reads_of_topic(topic: Topic) -> dict[str, int]:
    """How often its own page was read, and how often the questions in it. Two queries."""
    target = of_topic(topic.pk)
    return {
        "page": reads_queries.totals([target]).get(target, 0),
        "questions": reads_queries.sum_of(names_in_topic(topic, before=_QUESTION)),
    }


def add_reads(questions: list[Question]) -> None:
    """Give each question its `reads`. One query, none for an empty list."""
    if not questions:
        return
    totals = reads_queries.totals(of_question(q.pk) for q in questions)
    for question in questions:
        question.reads = totals.get(of_question(question.pk), 0)  # type: ignore[attr-defined]
