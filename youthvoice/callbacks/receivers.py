"""What happens to cases and questions, heard within the same transaction."""

from typing import Any

from django.dispatch import receiver

from youthvoice.callbacks import actions
from youthvoice.cases.actions.moving import moved
from youthvoice.cases.actions.on_news import outcome_said
from youthvoice.cases.models import Case
from youthvoice.gathering.actions import left_lead
from youthvoice.journal.actions import recorded
from youthvoice.journal.models import Entry
from youthvoice.kit.clock import end_of_day
from youthvoice.promises.models import Promise
from youthvoice.questions.actions import words_erased
from youthvoice.questions.models import Question


@receiver(moved)
def on_move(**kwargs: Any) -> None:
    actions.note_move(**{name: kwargs[name] for name in ("case", "before", "after", "at")})


@receiver(outcome_said)
def on_outcome(**kwargs: Any) -> None:
    actions.note_outcome(**{name: kwargs[name] for name in ("case", "outcome", "at")})


@receiver(left_lead)
def on_left_lead(cases: list[Case], **kwargs: Any) -> None:
    actions.drop_of_lead(cases)


@receiver(recorded, sender=Promise)
def on_promise(entry: Entry, subject: Promise, **kwargs: Any) -> None:
    if entry.verb == "case.promised":
        # Also where the case stays where it is.
        actions.put_off(subject.case, until=end_of_day(subject.due_on))


@receiver(recorded, sender=Question)
def on_question(entry: Entry, subject: Question, **kwargs: Any) -> None:
    if entry.verb == "question.deleted":
        actions.forget(questions=[subject.pk])


@receiver(words_erased, sender=Question)
def on_erased(numbers: list[int], **kwargs: Any) -> None:
    actions.forget(questions=numbers)
