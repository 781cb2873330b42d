from typing import Self

from django.db import models

from youthvoice.journal.models import Trace
from youthvoice.questions.models import Question
from youthvoice.routing.choices import Target

CODE_MOST = 40


class DecisionQuerySet(models.QuerySet["Decision"]):
    def learnable(self) -> Self:
        """Those whose question may still be read."""
        return self.filter(question__deleted_at=None, question__withheld_at=None)


class Decision(models.Model):
    """What staff decided of a question; the last word counts. Nobody's name stands here."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="+")
    target = models.CharField(max_length=10, choices=Target)
    #: A group, a field, or an organisation's number.
    value = models.CharField(max_length=CODE_MOST)
    #: What had been suggested; empty where nothing was.
    suggested = models.CharField(max_length=CODE_MOST, blank=True, default="")
    decided_at = models.DateTimeField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "target"], name="routing_last_word")
        ]
        indexes = [models.Index(fields=["target", "-decided_at", "-id"], name="routing_newest")]

    def __str__(self) -> str:
        return f"{self.question_id} {self.target} {self.value}"


class AloneQuerySet(models.QuerySet["Alone"]):
    def moved(self) -> Self:
        return self.exclude(value="")

    def corrected(self) -> Self:
        return self.exclude(corrected_at=None)


class Alone(models.Model):
    """A new question that the house looked at by itself, once, and where it moved it."""

    question = models.OneToOneField(Question, models.CASCADE, related_name="+")
    #: The organisation's number; empty where it was left where it was.
    value = models.CharField(max_length=CODE_MOST, blank=True, default="")
    #: Per cent.
    confidence = models.SmallIntegerField(default=0)
    looked_at = models.DateTimeField()
    #: When staff moved it elsewhere; null while nobody has.
    corrected_at = models.DateTimeField(null=True)

    objects = AloneQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.question_id} {self.value}"


class TrainedModel(models.Model):
    """One night's learning: the weights as bytes, and how good they were.

    A row and not a file: all machines of a house see it at once, and it comes back with the
    database's backup.
    """

    target = models.CharField(max_length=10, choices=Target)
    trained_at = models.DateTimeField()
    #: Decisions learnt from, and the macro-F1 over five folds of them.
    rows = models.IntegerField()
    macro_f1 = models.FloatField()
    weights = models.BinaryField()
    #: Whether suggestions come from it. False where the rules alone did better.
    is_current = models.BooleanField(default=False)

    traces = (Trace(("routing.trained",), at="trained_at"),)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["target"],
                condition=models.Q(is_current=True),
                name="routing_one_current",
            )
        ]
        indexes = [models.Index(fields=["target", "-trained_at", "-id"], name="routing_nights")]

    def __str__(self) -> str:
        return f"{self.target} {self.trained_at}"
