"""The first answer to a question, kept beside it for lists and for the middle wait."""

from datetime import datetime

from youthvoice.questions.models import Answer, Question
from youthvoice.readymade.writing import change


def note(question: Question, *, first: datetime | None = None) -> None:
    """Look again which answer is the first, unless it is known to be `first`; see `Answer.firsts`.

    Call it once the question's row is locked (`heat.add` does it): whoever answers or takes
    back at the same moment then looks after us.
    """
    first = first or Answer.firsts(question.pk).answer
    seconds = None if first is None else max(int((first - question.asked_at).total_seconds()), 0)
    change(question, first_answered_at=first, first_answer_seconds=seconds)
