"""What happens to questions, heard from the journal within the same transaction."""

from typing import Any

from django.dispatch import receiver

from youthvoice.desks import actions
from youthvoice.journal.actions import recorded
from youthvoice.journal.models import Entry
from youthvoice.questions.models import Question


@receiver(recorded, sender=Question)
def on_erased(entry: Entry, subject: Question, **kwargs: Any) -> None:
    if entry.verb == "question.deleted" and entry.data.get("erased"):
        actions.drop_notes(question=subject)
