"""Referrals: each hop from one body to another."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.cases.choices import HOP_OPEN, REASON_MOST, Grade, HopKind, HopState
from youthvoice.cases.models.lane import Lane
from youthvoice.journal.models import SAID, Trace, Worded
from youthvoice.orgs.models import Organisation


class Hop(Worded):
    """One line of the public ledger: who asked whom, why, by when, and what came of it."""

    lane = models.ForeignKey(Lane, models.CASCADE, related_name="hops")
    kind = models.CharField(max_length=10, choices=HopKind)
    sender = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("转出")
    )
    receiver = models.ForeignKey(
        Organisation, models.PROTECT, related_name="hops", verbose_name=_("转入")
    )
    #: Everybody reads it.
    reason = models.CharField(_("理由"), max_length=REASON_MOST)
    grade = models.CharField(max_length=10, choices=Grade, default=Grade.ORDINARY)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    sign_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    #: As a lane's; of the two each for itself.
    sign_is_estimated = models.BooleanField(default=False)
    is_estimated = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=HopState, default=HopState.OPEN)
    signed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=REASON_MOST, blank=True, default="")

    words = ("reason",)
    traces = (
        Trace(
            ("case.transferred", "case.referred"), at="made_at", subject="lane__case", words=SAID
        ),
        Trace(
            ("case.transferred",),
            at="made_at",
            subject="lane__case",
            only=models.Q(kind=HopKind.TRANSFER),
        ),
        Trace(
            ("case.referred",),
            at="made_at",
            subject="lane__case",
            only=~models.Q(kind=HopKind.TRANSFER),
        ),
        Trace(
            ("case.returned",),
            at="ended_at",
            only=models.Q(state=HopState.RETURNED) & ~models.Q(kind=HopKind.TRANSFER),
        ),
        Trace(
            ("case.given_back",),
            at="ended_at",
            subject="lane__case",
            only=models.Q(state=HopState.RETURNED, kind=HopKind.TRANSFER),
        ),
        Trace(
            ("case.returned",),
            at="ended_at",
            only=~models.Q(return_reason="") & ~models.Q(kind=HopKind.TRANSFER),
            words=SAID,
            columns=("return_reason",),
        ),
        Trace(
            ("case.given_back",),
            at="ended_at",
            subject="lane__case",
            only=~models.Q(return_reason="") & models.Q(kind=HopKind.TRANSFER),
            words=SAID,
            columns=("return_reason",),
        ),
    )

    class Meta:
        verbose_name = _("转办")
        verbose_name_plural = _("转办")
        constraints = [
            models.UniqueConstraint(
                fields=["lane"],
                condition=models.Q(state__in=HOP_OPEN),
                name="cases_one_open_hop_a_lane",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=HOP_OPEN) ^ models.Q(ended_at__isnull=False),
                name="cases_ended_hop_has_its_end",
            ),
        ]
        indexes = [
            models.Index(fields=["-made_at", "-id"], name="cases_hops_new"),
            models.Index(fields=["receiver", "-made_at", "-id"], name="cases_hops_receiver"),
            models.Index(fields=["state", "due_at", "id"], name="cases_hops_due"),
            models.Index(fields=["state", "-made_at", "-id"], name="cases_hops_state"),
            models.Index(
                fields=["receiver", "state", "-made_at", "-id"], name="cases_hops_receiver_in"
            ),
            models.Index(
                fields=["receiver", "-made_at", "-id"],
                name="cases_hops_receiver_open",
                condition=models.Q(ended_at__isnull=True),
            ),
            models.Index(
                fields=["-made_at", "-id"],
                name="cases_hops_open",
                condition=models.Q(ended_at__isnull=True),
            ),
            models.Index(
                fields=["due_at", "id"],
                name="cases_hops_estimated",
                condition=models.Q(is_estimated=True),
            ),
            models.Index(
                fields=["sign_due_at", "id"],
                name="cases_hops_sign_estimated",
                condition=models.Q(sign_is_estimated=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender_id} → {self.receiver_id}"

    @property
    def is_open(self) -> bool:
        return self.state in HOP_OPEN

    @property
    def is_running(self) -> bool:
        """Its clock is its lane's: that stands while the asker is asked for more."""
        return self.is_open and self.lane.is_running

    @property
    def next_due_at(self) -> datetime:
        """By when it must be signed for, or once it is, done; of what is over, when it was due.

        The lane's clock may have been put off while the asker was asked for more.
        """
        if not self.is_open:
            return self.due_at
        return max(self.due_at if self.signed_at else self.sign_due_at, self.lane.due_at)

    @property
    def next_is_estimated(self) -> bool:
        """Whether what is due next rests on holidays that aren't published yet."""
        own = self.is_estimated if self.signed_at else self.sign_is_estimated
        return self.is_open and (own or self.lane.is_estimated)
