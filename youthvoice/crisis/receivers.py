"""What is asked and said, heard from the journal within the same transaction; and who reads it.

Connected after those of `cases`: a question has its holder by then.
"""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from youthvoice.crisis import actions
from youthvoice.journal.actions import recorded
from youthvoice.journal.models import Entry
from youthvoice.people.models import User
from youthvoice.questions.actions import withheld_words_given
from youthvoice.questions.models import Answer, Comment, Question

_VERBS = {
    "question.asked",
    "question.edited",
    "question.answered",
    "answer.edited",
    "question.commented",
}


@receiver(recorded, sender=Question)
@receiver(recorded, sender=Answer)
@receiver(recorded, sender=Comment)
def on_words(entry: Entry, subject: Question | Answer | Comment, **kwargs: Any) -> None:
    # Offices speak of danger in order to help.
    if entry.verb in _VERBS and getattr(subject, "organisation_id", None) is None:
        actions.look_at(words=subject, at=entry.at)


@receiver(withheld_words_given)
def on_reading(question: Question, by: User, at: datetime, **kwargs: Any) -> None:
    actions.note_words_given(question=question, by=by, at=at)
