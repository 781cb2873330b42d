"""One-tap acts, and the numbers that are kept."""

from django.conf import settings
from django.db import models

from youthvoice.journal.models import Trace
from youthvoice.questions.choices import TallyName
from youthvoice.questions.models.question import Question
from youthvoice.questions.models.words import Answer


class Useful(models.Model):
    """有用: one a person and answer."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="useful")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    traces = (Trace(("answer.found_useful",), at="at", subject="answer"),)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "answer"], name="questions_useful_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} found {self.answer_id} useful"


class Follow(models.Model):
    """我也想问: the person is shown what comes."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="follows")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    at = models.DateTimeField()

    traces = (Trace(("question.followed",), at="at", subject="question"),)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "question"], name="questions_follow_once")
        ]
        indexes = [models.Index(fields=["person", "-at", "-id"], name="questions_followed")]

    def __str__(self) -> str:
        return f"{self.person_id} follows {self.question_id}"


class Tally(models.Model):
    """A number that moves with the act itself, in the same transaction."""

    name = models.CharField(max_length=20, primary_key=True, choices=TallyName)
    value = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
