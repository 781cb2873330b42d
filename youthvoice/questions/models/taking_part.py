"""Who takes part, told once: the pulse counts a person by their first act, once and for all;
a topic by the acts on its questions that stand.

Somebody of this house takes part by asking, answering, commenting, wishing to know or finding
an answer useful, under their own name. What staff do is counted apart, and so is what somebody
did while they were staff: nothing counts from before the pulse counted them. A nameless
question counts as one. The same for readers: `questions/_taking_part.html`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Model, QuerySet

from youthvoice.people.choices import Origin as PersonOrigin
from youthvoice.people.models import User
from youthvoice.questions.choices import Origin
from youthvoice.questions.models.acts import Follow, Useful
from youthvoice.questions.models.question import Question
from youthvoice.questions.models.words import Answer, Comment


@dataclass(frozen=True)
class Act:
    """One way of taking part, by the row that it leaves."""

    model: type[Model]
    #: Its columns that say who it was, and when.
    person: str
    at: str
    #: The way from it to the question.
    question: str
    #: What else is true of a row that counts.
    only: Mapping[str, object] = field(default_factory=dict)

    @property
    def rows(self) -> QuerySet[Any]:
        """All of them that somebody left."""
        return self.model._default_manager.filter(**{f"{self.person}__isnull": False})

    @property
    def counted(self) -> QuerySet[Any]:
        """Those that count their people, as far as a question doesn't matter."""
        return self.model._default_manager.filter(
            **self.only,
            **{
                f"{self.person}__origin": PersonOrigin.LOCAL,
                f"{self.at}__gte": F(f"{self.person}__participated_at"),
            },
        )


_OWN = {"organisation_id": None, "deleted_at": None}
ACTS = (
    Act(Question, "author", "asked_at", "", {"origin": Origin.LOCAL}),
    Act(Answer, "author", "created_at", "question__", _OWN),
    Act(Comment, "author", "created_at", "question__", _OWN),
    Act(Follow, "person", "at", "question__"),
    Act(Useful, "person", "at", "answer__question__"),
)
_OF_MODEL = {act.model: act for act in ACTS}


def who_took_part(row: Model) -> tuple[User | None, datetime]:
    """Whom a row that was just made may count, and from when; of staff it doesn't know."""
    act = _OF_MODEL[type(row)]
    counts = all(getattr(row, name) == value for name, value in act.only.items())
    return getattr(row, act.person) if counts else None, getattr(row, act.at)


def participants() -> QuerySet[User]:
    """Everybody whom the pulse counts by name."""
    return User.objects.filter(origin=PersonOrigin.LOCAL, participated_at__isnull=False)
