"""The first answer to a question, kept beside it for lists and for the middle wait."""

from youthvoice.questions.models import Answer, Question


def note(question: Question) -> None:
    """Look again which answer is the first; see `Answer.firsts`.

    Call it once the question's row is locked (`heat.add` does it): whoever answers or takes
    back at the same moment then looks after us.
    """
    first = Answer.firsts(question.pk).answer
    seconds = None if first is None else max(int((first - question.asked_at).total_seconds()), 0)
    Question.objects.filter(pk=question.pk).update(
        first_answered_at=first, first_answer_seconds=seconds
    )
