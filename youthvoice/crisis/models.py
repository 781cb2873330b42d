from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from youthvoice.crisis.choices import NOTE_MOST, Outcome, State, To, Why
from youthvoice.journal.models import SAID, Trace, Worded
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.queries import memberships_of
from youthvoice.people.models import User
from youthvoice.questions.models import Answer, Comment, Question


class RecordQuerySet(models.QuerySet["Record"]):
    def visible_to(self, user: object) -> "RecordQuerySet":
        """Operators know of all; leads of those that their organisation was told of."""
        works = memberships_of(user) if isinstance(user, User) and user.is_active else []
        if any(m.role == Role.OPERATOR for m in works):
            return self
        led = [m.organisation_id for m in works if m.role == Role.LEAD]
        told = Told.objects.filter(record=models.OuterRef("pk"), organisation__in=led)
        return self.filter(models.Exists(told)) if led else self.none()

    def open(self) -> "RecordQuerySet":
        return self.filter(state=State.OPEN)


class Record(models.Model):
    """That somebody may be in danger. It knows the words and nothing of who wrote them.

    Of a false alarm nothing is left in time but that there was one.
    """

    question = models.ForeignKey(Question, models.SET_NULL, null=True, related_name="crises")
    #: Set where the words stand under the question: it stays public then.
    answer = models.ForeignKey(Answer, models.SET_NULL, null=True, related_name="+")
    comment = models.ForeignKey(Comment, models.SET_NULL, null=True, related_name="+")
    #: What spoke, as codes of safety/signs.py.
    signs = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    #: When a lead first opened it.
    first_read_at = models.DateTimeField(null=True)
    #: When the next one up is told, if no lead has opened it by then; null at the top.
    raise_at = models.DateTimeField(null=True)
    objected_at = models.DateTimeField(null=True)

    traces = (
        Trace(("crisis.opened",), at="opened_at"),
        Trace(("crisis.closed", "crisis.false_alarm"), at="ended_at"),
        Trace(("crisis.read",), at="first_read_at"),
        Trace(("crisis.objected",), at="objected_at"),
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("紧急记录")
        verbose_name_plural = _("紧急记录")
        indexes = [
            models.Index(fields=["state", "opened_at", "id"], name="crisis_by_state"),
            models.Index(fields=["raise_at"], name="crisis_raise"),
        ]

    def __str__(self) -> str:
        return f"crisis {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("crisis:record", args=[self.pk])

    @property
    def is_of_question(self) -> bool:
        return self.answer_id is None and self.comment_id is None

    @property
    def words(self) -> Question | Answer | Comment | None:
        return self.comment or self.answer or self.question

    @property
    def kinds(self) -> list[str]:
        """self, violence, minor: what the signs speak of."""
        return sorted({code.partition(".")[0] for code in self.signs})


class Told(models.Model):
    """An organisation whose leads know of the record: the holder, later those above it."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="told")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "organisation"], name="crisis_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.record_id} told to {self.organisation_id}"


class LogLine(Worded):
    """What was done, and to whom it was handed."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="log")
    to = models.CharField(_("交给了谁"), max_length=10, choices=To, blank=True, default="")
    note = models.CharField(_("做了什么"), max_length=NOTE_MOST, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    words = ("note",)
    traces = (
        Trace(("crisis.handed", "crisis.noted"), at="at", subject="record"),
        Trace(
            ("crisis.handed", "crisis.noted"),
            at="at",
            subject="record",
            only=~models.Q(note=""),
            words=SAID,
        ),
    )

    class Meta:
        indexes = [models.Index(fields=["record", "at", "id"], name="crisis_log")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.to}"


class Reading(models.Model):
    """Who of the staff read it, once an hour; the journal has the entry."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    hour = models.DateTimeField()

    traces = (Trace(("crisis.read",), subject="record"),)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "person", "hour"], name="crisis_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.record_id} read by {self.person_id}"


class Notice(models.Model):
    """A letter to one of the staff, tried until it is away."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="notices")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    why = models.CharField(max_length=10, choices=Why)
    tries = models.SmallIntegerField(default=0)
    #: Null once it is away, or given up.
    next_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True, db_index=True
    )

    class Meta:
        indexes = [models.Index(fields=["record", "why"], name="crisis_notices")]

    def __str__(self) -> str:
        return f"{self.record_id} to {self.person_id}: {self.why}"
