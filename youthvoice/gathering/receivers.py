"""What happens to questions and their answers, heard from the journal within the same transaction.

Connected after those of `cases`: the case stands where the act has brought it.
"""

from typing import Any

from django.dispatch import receiver

from youthvoice.gathering import actions
from youthvoice.journal.actions import recorded
from youthvoice.journal.models import Entry
from youthvoice.questions.choices import Outcome
from youthvoice.questions.models import Answer, Question


@receiver(recorded, sender=Answer)
def on_answer(entry: Entry, subject: Answer, **kwargs: Any) -> None:
    if entry.verb == "question.answered":
        actions.tell_merged(answer=subject, at=entry.at)


@receiver(recorded, sender=Question)
def on_question(entry: Entry, subject: Question, **kwargs: Any) -> None:
    if entry.verb == "question.marked" and entry.data["to"] != Outcome.SOLVED:
        actions.let_go_of(question=subject, at=entry.at)
    elif entry.verb == "question.deleted":
        actions.forget(question=subject)
