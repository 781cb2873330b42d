"""The first deadline of a question and the first reply to it, kept for the rates.

Its lanes' clocks begin anew with each round and each hand-over; what the asker was told at
first does not.
"""

from datetime import datetime

from youthvoice.cases.models import Case, Lane
from youthvoice.cases.queries import deadlines
from youthvoice.questions.models import Answer, Question
from youthvoice.readymade.writing import change


def note_reply(case: Case, answer: Answer) -> None:
    """A new answer; no query where it isn't the first reply."""
    first = case.first_reply_at
    if answer.is_reply and (first is None or answer.created_at < first):
        change(case, first_reply_at=answer.created_at)


def note_replies(*, question: Question) -> None:
    """Look again which reply is the first; `Answer.firsts` says which that is."""
    first = Answer.firsts(question.pk).reply
    Case.objects.filter(question=question).update(first_reply_at=first)


def wait_went_by(case: Case, lane: Lane, *, at: datetime) -> None:
    """The asker was asked for more and has said it: the time between is nobody's delay.

    Call it before the lane's clock goes on.
    """
    stopped_at = lane.stopped_at
    if not lane.is_own or case.first_reply_at is not None or stopped_at is None:
        return
    if stopped_at < case.first_due_at:
        left = deadlines.left(stopped_at, case.first_due_at)
        due_at = max(case.first_due_at, deadlines.due_after(at, left))
        Case.objects.filter(pk=case.pk).update(
            first_due_at=due_at, first_is_estimated=deadlines.is_estimated(due_at, at=at)
        )
        case.first_due_at = due_at
