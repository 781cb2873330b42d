"""What happens to questions, heard within the same transaction."""

from typing import Any

from django.dispatch import receiver

from youthvoice.desks import actions
from youthvoice.questions.actions import words_erased
from youthvoice.questions.models import Question


@receiver(words_erased, sender=Question)
def on_erased(numbers: list[int], **kwargs: Any) -> None:
    actions.drop_notes(questions=numbers)
