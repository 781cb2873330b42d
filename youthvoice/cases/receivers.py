"""What happens to questions, heard from the journal within the same transaction."""

from typing import Any

from django.dispatch import receiver

from youthvoice.cases import actions
from youthvoice.journal.actions import recorded
from youthvoice.journal.models import Entry
from youthvoice.questions.models import Answer, Comment, Question


@receiver(recorded, sender=Question)
def on_question(entry: Entry, subject: Question, **kwargs: Any) -> None:
    match entry.verb:
        case "question.asked" | "question.imported":
            actions.open_case(question=subject, at=entry.at)
        case "question.supplemented":
            actions.note_supplement(question=subject, what=entry.data, at=entry.at)
        case "question.marked":
            actions.note_outcome(question=subject, outcome=entry.data["to"], at=entry.at)
        case "question.deleted":
            actions.note_deleted(question=subject, at=entry.at)
        case "question.hidden":
            actions.put_aside(question=subject, at=entry.at, told=True)
        case "question.shown":
            actions.take_up_again(question=subject, at=entry.at, told=True)
        case "question.withheld":
            actions.put_aside(question=subject, at=entry.at, told=False)
        case "question.released":
            actions.take_up_again(question=subject, at=entry.at, told=False)


@receiver(recorded, sender=Answer)
def on_answer(entry: Entry, subject: Answer, **kwargs: Any) -> None:
    if entry.verb == "question.answered":
        actions.note_answer(answer=subject, at=entry.at)
    elif entry.verb in ("answer.deleted", "answer.hidden"):
        actions.note_gone(question=subject.question, at=entry.at)
    elif entry.verb == "answer.shown":
        actions.note_shown(answer=subject, at=entry.at)


@receiver(recorded, sender=Comment)
def on_comment(entry: Entry, subject: Comment, **kwargs: Any) -> None:
    if entry.verb == "question.commented":
        actions.note_comment(comment=subject, at=entry.at)
