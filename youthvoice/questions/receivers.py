"""What is published in spite of the warning, told to those who moderate."""

from typing import Any

from django.dispatch import receiver

from youthvoice.journal.actions import recorded
from youthvoice.journal.models import Entry
from youthvoice.questions.models import Answer, Comment, Question
from youthvoice.safety.actions import listed_words_found
from youthvoice.safety.queries import listed_words

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
    # Offices are not warned, so that they can say which words swindlers use.
    if entry.verb not in _VERBS or getattr(subject, "organisation_id", None) is not None:
        return
    text = "\n".join(filter(None, (getattr(subject, "title", ""), subject.text)))
    if kinds := sorted({hit.kind for hit in listed_words(text)}):
        listed_words_found.send(sender=type(subject), words=subject, kinds=kinds, at=entry.at)
