"""One body's part in a case."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.cases.choices import LANE_OPEN, OFF_DESK, Clock, LaneKind, LaneState
from youthvoice.cases.models.case import Case
from youthvoice.orgs.models import Organisation


class LaneQuerySet(models.QuerySet["Lane"]):
    def open(self) -> Self:
        """Somebody owes the asker something."""
        return self.filter(state__in=LANE_OPEN)

    def own(self) -> Self:
        return self.filter(is_own=True)

    def to_tell_of(self, *, at: datetime) -> Self:
        """The next one up is due to be told. Of peers nothing is demanded."""
        due = self.filter(escalate_at__lte=at, stopped_at=None).exclude(kind=LaneKind.PEER)
        return due.exclude(case__state__in=OFF_DESK)


class Lane(models.Model):
    """What one body was asked in a case: who has it, how far they are, and their clock.

    The case's holder has the own lane, which every case has. A clock that stands has
    `stopped_at`; `due_at` is then when it would have run out.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="lanes")
    kind = models.CharField(max_length=10, choices=LaneKind)
    is_own = models.BooleanField(default=False)
    holder = models.ForeignKey(Organisation, models.PROTECT, related_name="lanes")
    #: Who of the holder's people took it.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=LaneState, default=LaneState.ASKED)
    #: Since when this body owes what its clock counts to.
    since = models.DateTimeField()
    clock = models.CharField(max_length=10, choices=Clock)
    due_at = models.DateTimeField()
    #: The list of its year's holidays wasn't known when it was reckoned.
    is_estimated = models.BooleanField(default=False)
    stopped_at = models.DateTimeField(null=True)
    #: Working seconds that were left when the clock was stopped to wait for the asker.
    left_seconds = models.IntegerField(null=True)
    #: What it was when an answer ended its wait; see `actions.taking_back`.
    before_answer = models.JSONField(null=True)
    #: Each new clock is a new round; nobody is told twice of the same step of one round.
    round = models.IntegerField(default=1)
    #: How many steps up it has been told since it is late.
    rung = models.SmallIntegerField(default=0)
    #: When the next one up is told; null while the clock stands or nobody is left.
    escalate_at = models.DateTimeField(null=True)
    #: The last of the staff who moved it, for whoever came second.
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    moved_at = models.DateTimeField()

    objects = LaneQuerySet.as_manager()

    class Meta:
        verbose_name = _("办理线")
        verbose_name_plural = _("办理线")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "holder"],
                condition=models.Q(is_own=False),
                name="cases_one_lane_a_body",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(is_own=True), name="cases_one_own_lane"
            ),
            models.CheckConstraint(
                condition=models.Q(stopped_at=None) | models.Q(escalate_at=None),
                name="cases_stopped_clock_tells_nobody",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "holder"], name="cases_lanes_body"),
            models.Index(fields=["holder", "state", "due_at", "id"], name="cases_lanes_desk"),
            models.Index(fields=["person", "state", "due_at", "id"], name="cases_lanes_mine"),
            models.Index(fields=["holder", "due_at", "id"], name="cases_lanes_all"),
            models.Index(fields=["state", "due_at", "id"], name="cases_lanes_due"),
            models.Index(
                fields=["escalate_at", "id"],
                name="cases_lanes_late",
                condition=models.Q(escalate_at__isnull=False),
            ),
            models.Index(
                fields=["due_at", "id"],
                name="cases_lanes_estimated",
                condition=models.Q(is_estimated=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} @ {self.holder_id}"

    @property
    def is_running(self) -> bool:
        return self.stopped_at is None

    @property
    def mark(self) -> str:
        """What a page showed of it: whoever acts on the page gives it back."""
        return f"{self.state}.{self.round}.{self.person_id or 0}"
