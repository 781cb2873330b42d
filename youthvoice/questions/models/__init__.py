"""Fields, constraints and querysets of questions and of what hangs on them."""

from youthvoice.questions.models.acts import Follow, Tally, Useful
from youthvoice.questions.models.question import Picture, Question, QuestionQuerySet, Receipt
from youthvoice.questions.models.taking_part import ACTS, participants, who_took_part
from youthvoice.questions.models.words import Answer, Comment, Hidden, Revision

__all__ = [
    "ACTS",
    "Answer",
    "Comment",
    "Follow",
    "Hidden",
    "Picture",
    "Question",
    "QuestionQuerySet",
    "Receipt",
    "Revision",
    "Tally",
    "Useful",
    "participants",
    "who_took_part",
]
