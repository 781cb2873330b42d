"""Fields, constraints and querysets of questions and of what hangs on them."""

from youthvoice.questions.models.acts import Follow, Tally, Useful
from youthvoice.questions.models.question import Picture, Question, QuestionQuerySet, Receipt
from youthvoice.questions.models.tag import Participant, Tag
from youthvoice.questions.models.words import Answer, Comment, Hidden, Revision

__all__ = [
    "Answer",
    "Comment",
    "Follow",
    "Hidden",
    "Participant",
    "Picture",
    "Question",
    "QuestionQuerySet",
    "Receipt",
    "Revision",
    "Tag",
    "Tally",
    "Useful",
]
