"""How read counts name what was read."""

from youthvoice.questions.models import Question
from youthvoice.reads import queries as reads_queries


def of_question(pk: int) -> str:
    return f"question:{pk}"


def add_reads(questions: list[Question]) -> None:
    """Give each question its `reads`. One query, none for an empty list."""
    if not questions:
        return
    totals = reads_queries.totals(of_question(q.pk) for q in questions)
    for question in questions:
        question.reads = totals.get(of_question(question.pk), 0)  # type: ignore[attr-defined]
