"""What staff decide, heard from the journal within the same transaction.

By verb and not by sender: transfers and referrals come from tables of `cases` that may change.
"""

from typing import Any

from django.dispatch import receiver

from youthvoice.cases.models import Case
from youthvoice.journal.actions import recorded
from youthvoice.journal.models import Entry
from youthvoice.questions.choices import AnswerKind
from youthvoice.questions.models import Answer
from youthvoice.routing import actions
from youthvoice.routing.choices import Target
from youthvoice.routing.queries import group_of


@receiver(recorded)
def on_decided(entry: Entry, **kwargs: Any) -> None:
    """`to` is what staff chose; `suggested` what the form had proposed, if it had."""
    data = entry.data
    if entry.actor is None:
        # What the house does by itself is nobody's decision.
        return
    match entry.verb:
        # Given back: whoever had it before had been right.
        case "case.transferred" | "case.given_back":
            target, value = Target.HOLDER, data.get("to")
        case "case.referred":
            target, value = Target.GROUP, data.get("group") or group_of(data.get("to"))
        case "question.field_changed":
            target, value = Target.FIELD, data.get("to")
        case _:
            return
    question = data.get("question")
    if type(question) is int and value:
        suggested = str(data.get("suggested") or "")
        actions.note_decision(
            question=question, target=target, value=str(value), at=entry.at, suggested=suggested
        )


@receiver(recorded, sender=Answer)
def on_answered(entry: Entry, subject: Answer, **kwargs: Any) -> None:
    if entry.verb != "question.answered" or subject.kind != AnswerKind.OFFICIAL:
        return
    holder = subject.organisation_id
    if holder and Case.objects.filter(question=subject.question_id, holder=holder).exists():
        actions.note_confirmed(question=subject.question, holder=holder, at=entry.at)
