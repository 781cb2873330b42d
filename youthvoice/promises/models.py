"""What a body has said it will have done by a day."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.cases.choices import REASON_MOST
from youthvoice.cases.models import Case, Lane
from youthvoice.journal.models import SAID, Trace, Worded
from youthvoice.orgs.models import Organisation
from youthvoice.promises.choices import PromiseState
from youthvoice.questions.models import Answer


class Promise(Worded):
    """One a reply. Whether it was kept the asker says; nobody else."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="promises")
    lane = models.ForeignKey(Lane, models.CASCADE, related_name="promises")
    answer = models.OneToOneField(Answer, models.CASCADE, related_name="promise")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="promises")
    #: Everybody reads it.
    text = models.CharField(_("承诺"), max_length=REASON_MOST)
    #: The last day on which it is in time, by the house's time zone.
    due_on = models.DateField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=PromiseState, default=PromiseState.OPEN)
    decided_at = models.DateTimeField(null=True)

    words = ("text",)
    traces = (
        Trace(("case.promised",), words=SAID),
        Trace(("case.promised",), says=(("due_on", "due_on"),)),
        Trace(("case.promised",), at="made_at"),
        Trace(("case.kept", "case.broken"), at="decided_at"),
    )

    class Meta:
        verbose_name = _("承诺")
        verbose_name_plural = _("承诺")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=PromiseState.OPEN) ^ models.Q(decided_at__isnull=False),
                name="promises_decided_has_its_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="promises_new"),
            models.Index(fields=["state", "due_on", "id"], name="promises_due"),
            models.Index(fields=["state", "-decided_at", "-id"], name="promises_decided"),
            models.Index(fields=["organisation", "-made_at", "-id"], name="promises_org"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} by {self.due_on}"

    @property
    def is_open(self) -> bool:
        return self.state == PromiseState.OPEN

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.due_on < today
