"""Answers, heard from the journal within the same transaction.

Connected after those of `cases`: the case stands where the answer has brought it.
"""

from typing import Any

from django.dispatch import receiver

from youthvoice.journal.actions import recorded
from youthvoice.journal.models import Entry
from youthvoice.promises import actions
from youthvoice.questions.models import Answer


@receiver(recorded, sender=Answer)
def on_answer(entry: Entry, subject: Answer, **kwargs: Any) -> None:
    if entry.verb == "question.answered" and subject.organisation_id is not None:
        actions.take_up(question=subject.question, at=entry.at)
