from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.journal.models import Trace
from youthvoice.yours.choices import ExportState, LeavingState


class Export(models.Model):
    """One packet of somebody's data, to be taken once."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=ExportState, default=ExportState.WAITING)
    #: Random hex: the file's name among the exports.
    name = models.CharField(max_length=32, unique=True)
    #: Bytes.
    size = models.BigIntegerField(default=0)
    asked_at = models.DateTimeField()
    #: Until when it waits for its owner.
    ends_at = models.DateTimeField(db_index=True)

    traces = (Trace(("person.export_asked",), at="asked_at"),)

    class Meta:
        indexes = [models.Index(fields=["person", "-asked_at", "-id"], name="yours_exports")]

    def __str__(self) -> str:
        return f"export {self.pk}"


class Hold(models.Model):
    """A law forbids for now that an account is erased; the person reads why."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("人")
    )
    law = models.CharField(_("依据的法律条文"), max_length=200)
    reason = models.TextField(_("原因"), max_length=500, help_text=_("本人会看到这段话。"))
    is_lifted = models.BooleanField(_("已解除"), default=False)

    traces = (Trace(("admin.added",)),)

    class Meta:
        verbose_name = _("依法保留")
        verbose_name_plural = _("依法保留")
        indexes = [
            models.Index(fields=["person"], condition=models.Q(is_lifted=False), name="yours_held")
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"


class LeavingQuerySet(models.QuerySet["Leaving"]):
    def due(self, *, at: datetime) -> Self:
        """Whose days to take it back are over and whom no law keeps."""
        held = Hold.objects.filter(person=models.OuterRef("account"), is_lifted=False)
        return self.filter(~models.Exists(held), state=LeavingState.ASKED, due_at__lte=at)


class Leaving(models.Model):
    """Somebody has asked to leave. A number and no link: it outlives the account a little."""

    account = models.BigIntegerField(unique=True)
    state = models.CharField(max_length=10, choices=LeavingState, default=LeavingState.ASKED)
    answers_too = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()

    objects = LeavingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="yours_leaving_due")]

    def __str__(self) -> str:
        return f"leaving of {self.account}"
