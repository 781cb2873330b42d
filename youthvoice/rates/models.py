"""Questions that the rates leave out as unreasonable requests, and what the ledger keeps."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.cases.choices import REASON_MOST
from youthvoice.cases.models import Case, Hop
from youthvoice.journal.models import SAID, Trace, Worded
from youthvoice.orgs.models import Organisation


class Exclusion(Worded):
    """One person proposes it, another one further up confirms it; only then it holds.

    Once it has ended it leaves nothing out any more; a new one may be proposed.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="exclusions")
    #: Everybody reads it.
    reason = models.CharField(_("理由"), max_length=REASON_MOST)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    words = ("reason",)
    traces = (
        Trace(("case.exclusion_asked",), words=SAID),
        Trace(("case.exclusion_asked",), at="asked_at"),
        Trace(("case.excluded",), at="confirmed_at"),
        Trace(("case.exclusion_ended",), at="ended_at"),
    )

    class Meta:
        verbose_name = _("不计入统计")
        verbose_name_plural = _("不计入统计")
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(ended_at=None),
                name="rates_one_exclusion",
            ),
            models.CheckConstraint(
                condition=models.Q(asked_by=None)
                | models.Q(confirmed_by=None)
                | ~models.Q(asked_by=models.F("confirmed_by")),
                name="rates_exclusion_takes_two",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-confirmed_at", "-id"],
                name="rates_excluded",
                condition=models.Q(confirmed_at__isnull=False, ended_at=None),
            ),
            models.Index(
                fields=["asked_at", "id"],
                name="rates_exclusions_open",
                condition=models.Q(confirmed_at=None, ended_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.reason}"


class Late(models.Model):
    """A hop that was overdue when its question was last counted (`counts`): the list of what is
    overdue is read along these, not along all that is open. It has what the list is sorted and
    narrowed by."""

    hop = models.OneToOneField(Hop, models.CASCADE, primary_key=True, related_name="+")
    question = models.BigIntegerField(db_index=True)
    receiver = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["-made_at", "-hop"], name="rates_late_new"),
            models.Index(fields=["receiver", "-made_at", "-hop"], name="rates_late_receiver"),
        ]

    def __str__(self) -> str:
        return f"{self.hop_id} of {self.question}"
