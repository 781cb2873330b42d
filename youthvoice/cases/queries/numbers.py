"""What of a question is handed on to another body: its numbers only where the asker said so."""

from dataclasses import dataclass

from youthvoice.cases.models import NumbersRelease
from youthvoice.cases.policy import may_release_numbers
from youthvoice.people.policy import is_protected
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer
from youthvoice.safety import personal


@dataclass(frozen=True)
class Words:
    """A question as another body may see it."""

    title: str
    text: str
    #: Something is hidden in it.
    is_masked: bool


def holds_numbers(question: Question) -> bool:
    return any(personal.find(words) for words in (question.title, question.text))


def are_released(question: Question) -> bool:
    """Whether letters show them. One query.

    Whoever has said since that they are not of age after all is a minor for us again.
    """
    rows = NumbersRelease.objects.filter(case__question=question)
    row = rows.select_related("case__question__author").first()
    if row is None:
        return False
    asked = row.case.question
    return asked.is_nameless or not is_protected(asked.author)


def choice_of(viewer: Viewer, question: Question) -> str:
    """For the asker's side of its page: "shown", "masked", or "" where nothing is to be chosen.

    Offered whether it was referred or not: once it is, the letter may be on its way. No query
    where the words hold no such numbers, as most don't.
    """
    if not holds_numbers(question):
        return ""
    if are_released(question):
        return "shown"
    return "masked" if may_release_numbers(viewer, question) else ""


def handed_on(question: Question, *, shows_numbers: bool, sign: str = personal.HIDDEN) -> Words:
    """`sign` stands for each character that is hidden."""
    if shows_numbers:
        return Words(question.title, question.text, is_masked=False)
    title = personal.mask(question.title, sign=sign)
    text = personal.mask(question.text, sign=sign)
    return Words(title, text, (title, text) != (question.title, question.text))
