"""What questions, answers and comments have alike."""

import hashlib

from django.db import models

from youthvoice.questions.choices import HideReason

#: Which entries commit to the words of each; to an imported reply beside its question's.
REPLY = "reply"
ASKED = ("question.asked", "question.imported", "question.edited")
ANSWERED = ("question.answered", "answer.edited")
IMPORTED = ("question.imported",)
COMMENTED = ("question.commented",)


def version_of(*words: str) -> str:
    """Names the words as they stand, so that an editor's form can say what it began with."""
    return hashlib.sha256("\x00".join(words).encode()).hexdigest()[:16]


def hidden_reason() -> models.CharField[str, str]:
    """Empty, or why the rules took the words away; they are in Hidden then."""
    return models.CharField(max_length=10, choices=HideReason, blank=True, default="")


def hidden_is_gone(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(hidden_reason="") | models.Q(deleted_at__isnull=False), name=name
    )
