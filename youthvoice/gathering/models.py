"""Questions that are the same thing: which are handled together, and which look alike."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.cases.choices import OFF_DESK, State
from youthvoice.cases.models import Case
from youthvoice.journal.models import Trace


class MergeQuerySet(models.QuerySet["Merge"]):
    def lost(self) -> Self:
        """Whose question would wait for nobody: the lead was taken back or left public view,
        or its asker found a way before any body had answered, which helps the others little."""
        over = models.Q(lead__state__in=OFF_DESK)
        counts = ("official_count", "government_count", "expert_count")
        unanswered = {f"lead__question__{name}": 0 for name in counts}
        over |= models.Q(lead__state=State.SOLVED, **unanswered)
        return self.filter(over, case__state=State.MERGED)


class Merge(models.Model):
    """A question is handled with another, its lead; the row goes when it is on its own again.

    A row of its own and no column of the case: `Case.state_before` is overwritten when the
    question is hidden meanwhile. No lead is itself merged; `check-cases` looks, for a
    constraint can't see a second row.
    """

    case = models.OneToOneField(Case, models.CASCADE, related_name="merge")
    lead = models.ForeignKey(Case, models.PROTECT, related_name="merged")
    #: Where it goes back to.
    state_before = models.CharField(max_length=10, choices=State)
    at = models.DateTimeField()
    #: The last of its lead's rounds of call-backs of which its asker has a pair, too.
    asked_round = models.SmallIntegerField(default=0)

    traces = (Trace(("case.merged",), subject="lead"),)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("合并")
        verbose_name_plural = _("合并")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(case=models.F("lead")), name="gathering_into_another"
            ),
        ]
        indexes = [models.Index(fields=["lead", "-at", "-id"], name="gathering_merged")]

    def __str__(self) -> str:
        return f"{self.case_id} > {self.lead_id}"


class Group(models.Model):
    """Open questions that look alike, as the last run found them."""

    #: How alike the least alike is to the first, 0 to 1.
    score = models.FloatField()
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-score", "-id"], name="gathering_best")]

    def __str__(self) -> str:
        return f"{self.pk} {self.score:.2f}"


class GroupMember(models.Model):
    group = models.ForeignKey(Group, models.CASCADE, related_name="members")
    case = models.OneToOneField(Case, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.case_id} in {self.group_id}"


class Apart(models.Model):
    """Two questions of which staff said that they are not the same; the lower number first."""

    one = models.ForeignKey(Case, models.CASCADE, related_name="+")
    other = models.ForeignKey(Case, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="gathering_apart_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="gathering_apart_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} | {self.other_id}"
