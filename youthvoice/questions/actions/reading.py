"""The door through which words of a withheld question are given to those who help."""

from datetime import datetime

from django.dispatch import Signal

from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer

#: Sent with `question`, `by` (a person) and `at` before the words are shown. `crisis` writes
#: down who reads; what it can't write down, nobody reads.
withheld_words_given = Signal()


def give_words(*, question: Question, to: Viewer, at: datetime) -> None:
    """Every page and picture with words of the question, or of what hangs on it, passes here.

    What everybody may read, and what the asker reads of their own, is nobody's business. Who
    may know of the question at all is `visible_to`'s to say, before.
    """
    if question.withheld_at is None or to.person is None or to.is_asker(question):
        return
    withheld_words_given.send(sender=Question, question=question, by=to.person, at=at)
