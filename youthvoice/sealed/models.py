import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.journal.models import SAID, Trace, Worded
from youthvoice.sealed.choices import RUNNING, Ground, State

_PERSON = settings.AUTH_USER_MODEL


class Record(models.Model):
    """What stands sealed behind one nameless question; it may be that nobody does.

    While sealing is on every nameless question has one, all of one length, so that nothing
    about a row tells whether somebody was signed in. Its key is random and its date the
    day of asking, which the question tells anyway.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    #: The question's number, without a foreign key: questions stand on a higher floor.
    question = models.BigIntegerField(unique=True)
    sealed_on = models.DateField(db_index=True)
    #: The ids of the public keys that it was sealed with.
    outer_key = models.CharField(max_length=16)
    inner_key = models.CharField(max_length=16)
    box = models.BinaryField()

    def __str__(self) -> str:
        return f"record of {self.question}"


class Opening(Worded):
    """One try to open a record: who asked and why, who granted it, and how far it came.

    Nothing of what the record says is kept here. It outlives the record, for the asker is
    told of it.
    """

    #: As in the record.
    question = models.BigIntegerField()
    record = models.ForeignKey(Record, models.SET_NULL, null=True, related_name="openings")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    ground = models.CharField(_("依据"), max_length=10, choices=Ground)
    reason = models.TextField(_("理由"))
    #: What forbids telling the asker, and the last day on which it does.
    court_order = models.CharField(_("法院文书号"), max_length=100, default="")
    silent_until = models.DateField(null=True)

    asked_by = models.ForeignKey(_PERSON, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    #: Granted or refused.
    decided_by = models.ForeignKey(_PERSON, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    peeled_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    lapses_at = models.DateTimeField()
    #: From this day on the asker's private side tells of it.
    told_from = models.DateField(null=True)
    #: Between the two acts: the record without its outer layer, which only the other key opens.
    inner = models.BinaryField(null=True)

    words = ("reason", "court_order")
    traces = (
        Trace(("sealed.asked",), at="asked_at"),
        Trace(("sealed.asked",), words=SAID),
        Trace(("sealed.granted", "sealed.refused"), at="decided_at"),
        Trace(("sealed.layer_removed",), at="peeled_at"),
        Trace(("sealed.opened",), at="opened_at"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question"],
                condition=models.Q(state__in=RUNNING),
                name="sealed_one_opening_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(asked_by=models.F("decided_by")),
                name="sealed_nobody_grants_their_own",
            ),
            models.CheckConstraint(
                condition=models.Q(inner=None) | models.Q(state=State.PEELED),
                name="sealed_inner_only_between",
            ),
        ]
        indexes = [
            models.Index(fields=["-asked_at", "-id"], name="sealed_openings_new"),
            models.Index(fields=["question", "told_from"], name="sealed_openings_told"),
            models.Index(
                fields=["lapses_at"],
                name="sealed_openings_running",
                condition=models.Q(state__in=RUNNING),
            ),
        ]

    def __str__(self) -> str:
        return f"opening {self.pk}"
