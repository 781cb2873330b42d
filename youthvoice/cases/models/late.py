"""What is late: how far up it was told, who was told, and where nobody could be."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from youthvoice.cases.choices import OFF_DESK, REASON_MOST, Clock, Rung
from youthvoice.cases.models.lane import Lane
from youthvoice.journal.models import Trace
from youthvoice.orgs.models import Organisation


class Escalation(models.Model):
    """One step up the chain, once in each round of a lane's clock. It names nobody."""

    lane = models.ForeignKey(Lane, models.CASCADE, related_name="escalations")
    round = models.IntegerField()
    rung = models.SmallIntegerField(choices=Rung)
    clock = models.CharField(max_length=10, choices=Clock)
    holder = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    at = models.DateTimeField()
    #: How many people; 0 where the place was empty.
    told = models.SmallIntegerField()

    traces = (
        Trace(
            ("case.escalated",),
            at="at",
            subject="lane",
            says=(("rung", "rung"), ("round", "round"), ("clock", "clock")),
        ),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lane", "round", "rung"], name="cases_each_rung_once")
        ]
        indexes = [models.Index(fields=["holder", "-at", "-id"], name="cases_escalations_of")]

    def __str__(self) -> str:
        return f"{self.lane_id} round {self.round} rung {self.rung}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def live(self, *, at: datetime) -> Self:
        """Of what is late still, where whoever was told has neither acted nor ticked it off."""
        late = self.filter(
            seen_at=None,
            round=F("lane__round"),
            lane__stopped_at=None,
            lane__due_at__lte=at,
        ).exclude(lane__case__state__in=OFF_DESK)
        return late.exclude(lane__moved_by=F("person"), lane__moved_at__gte=F("made_at"))


class Notice(models.Model):
    """That one of the staff is told of what is late: at their desk, and by a letter."""

    lane = models.ForeignKey(Lane, models.CASCADE, related_name="notices")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    rung = models.SmallIntegerField(choices=Rung)
    round = models.IntegerField()
    made_at = models.DateTimeField()
    #: When they ticked it off.
    seen_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    #: When the letter is tried next; null once it is away, given up, or needless.
    next_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    traces = (Trace(("case.late_seen",), at="seen_at", subject="lane"),)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("催办")
        verbose_name_plural = _("催办")
        constraints = [
            models.UniqueConstraint(
                fields=["lane", "round", "rung", "person"], name="cases_noticed_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["person", "made_at", "id"],
                name="cases_notices_mine",
                condition=models.Q(seen_at=None),
            ),
            models.Index(
                fields=["next_at", "id"],
                name="cases_notices_letters",
                condition=models.Q(next_at__isnull=False),
            ),
            models.Index(fields=["made_at"], name="cases_notices_old"),
        ]

    def __str__(self) -> str:
        return f"{self.lane_id} to {self.person_id}: {self.rung}"


class Reminder(models.Model):
    """A committee above reminds a body of what is late, once a day, with a line of its own."""

    lane = models.ForeignKey(Lane, models.CASCADE, related_name="reminders")
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    #: For the staff of the body alone.
    line = models.CharField(_("一句话"), max_length=REASON_MOST)
    day = models.DateField()
    at = models.DateTimeField()

    traces = (Trace(("case.reminded",), at="at", subject="lane"),)

    class Meta:
        verbose_name = _("提醒")
        verbose_name_plural = _("提醒")
        constraints = [
            models.UniqueConstraint(fields=["lane", "sender", "day"], name="cases_reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.sender_id} on {self.lane_id}"


class EmptyPlace(models.Model):
    """A place in the chain at which nobody was found to tell; operators see it at their desks."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    rung = models.SmallIntegerField(choices=Rung)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "rung"], name="cases_empty_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.rung}"
