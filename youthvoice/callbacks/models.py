"""What the asker says came of an answer, a day and four weeks after it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.callbacks.choices import MISSING_MOST, Channel, Day, Satisfied
from youthvoice.cases.models.case import Case
from youthvoice.journal.models import SAID, Trace, Worded
from youthvoice.questions.models import Question

#: What was missed may be gone only with its question, or with an asker who leaves.
_STANDS = models.Q(case__question__deleted_at=None) & (
    models.Q(case__question__author=None) | models.Q(case__question__author__is_active=True)
)


class Callback(Worded):
    """One asking. Without `answered_at` there was silence, which stays silence."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="callbacks")
    #: Of a merged question: the one that was answered, for all that hang on it.
    lead = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    #: Counts the pairs: one that was opened again has a new one after its next answer.
    round = models.SmallIntegerField()
    day = models.SmallIntegerField(choices=Day)
    due_at = models.DateTimeField()
    #: Since when it is asked.
    opened_at = models.DateTimeField(null=True)
    #: SHA-256 of the letter's link, which stands nowhere else.
    token_digest = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    #: When its letter is tried next; null without a letter, once it is away, or given up.
    next_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    #: Of a nameless asker only the day, as its midnight.
    answered_at = models.DateTimeField(null=True)
    solved = models.BooleanField(null=True)
    satisfied = models.SmallIntegerField(null=True, choices=Satisfied)
    missing = models.CharField(max_length=MISSING_MOST, blank=True, default="")
    channel = models.CharField(max_length=10, choices=Channel, blank=True, default="")

    words = ("missing",)
    traces = (
        Trace(("case.call_back",), at="opened_at"),
        Trace(("case.called_back",), only=~models.Q(missing="") | _STANDS, words=SAID),
    )

    class Meta:
        verbose_name = _("回访")
        verbose_name_plural = _("回访")
        constraints = [
            models.UniqueConstraint(fields=["case", "round", "day"], name="callbacks_one"),
            models.CheckConstraint(
                condition=models.Q(answered_at=None) | models.Q(opened_at__isnull=False),
                name="callbacks_answered_was_asked",
            ),
            models.CheckConstraint(
                condition=~models.Q(case=models.F("lead")),
                name="callbacks_of_anothers_answer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="callbacks_due",
                condition=models.Q(opened_at=None),
            ),
            models.Index(
                fields=["next_at", "id"],
                name="callbacks_letters",
                condition=models.Q(next_at__isnull=False),
            ),
            models.Index(fields=["opened_at", "id"], name="callbacks_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} after {self.day} days"

    @property
    def since(self) -> str:
        return Day(self.day).since

    @property
    def lead_question(self) -> Question | None:
        """The question that was answered, if it is another and everybody may see it."""
        question = self.lead.question if self.lead is not None else None
        if question is None or question.deleted_at or question.withheld_at:
            return None
        return question

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None
