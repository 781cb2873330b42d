"""What happens to questions, heard from the journal within the same transaction."""

from typing import Any

from django.dispatch import receiver

from youthvoice.journal.actions import recorded
from youthvoice.journal.models import Entry
from youthvoice.outside import actions
from youthvoice.questions.models import Question


@receiver(recorded, sender=Question)
def on_question(entry: Entry, subject: Question, **kwargs: Any) -> None:
    # Hidden, too: whoever erases it meanwhile leaves nothing of it behind.
    if entry.verb in ("question.deleted", "question.hidden"):
        actions.forget_release(question=subject)
