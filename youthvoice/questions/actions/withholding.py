"""Taking a question out of public view because somebody may be in danger.

Who decides it is `crisis`'s to say, on a higher floor; it calls these. Meanwhile the question
is in no list and in no number, and only its asker and those who help know that it exists.
"""

from datetime import datetime

from django.db import transaction

from youthvoice.journal.actions import record
from youthvoice.people.models import User
from youthvoice.questions.actions import tallies
from youthvoice.questions.choices import TallyName
from youthvoice.questions.models import Question


def withhold_question(*, question: Question, by: User | None, at: datetime) -> bool:
    """`by` is None where the house's own signs did it. False if it is withheld already."""
    return _move(question, "question.withheld", before=None, after=at, by=by, at=at)


def release_question(*, question: Question, by: User, at: datetime) -> bool:
    """Give it back to everybody as if nothing had been; False if it is not withheld."""
    before = question.withheld_at
    return before is not None and _move(
        question, "question.released", before=before, after=None, by=by, at=at
    )


def _move(
    question: Question,
    verb: str,
    *,
    before: datetime | None,
    after: datetime | None,
    by: User | None,
    at: datetime,
) -> bool:
    with transaction.atomic():
        rows = Question.objects.filter(pk=question.pk, withheld_at=before)
        if not rows.update(withheld_at=after):
            return False
        question.refresh_from_db(fields=["withheld_at", "deleted_at"])
        step = 1 if after is None else -1
        if question.deleted_at is None:
            name = TallyName.IMPORTED if question.is_imported else TallyName.QUESTIONS
            tallies.bump(name, step)
        if question.is_nameless:
            tallies.bump(TallyName.NAMELESS, step)
        record(verb, subject=question, actor=by, at=at)
    return True
