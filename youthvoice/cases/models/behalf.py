"""Questions that the staff wrote down for somebody who called, came or wrote."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.cases.choices import Came
from youthvoice.orgs.models import Organisation
from youthvoice.questions.models import Question


class OnBehalf(models.Model):
    """Whose hand wrote it; whose question it is stands nowhere. Rates count such ones apart."""

    question = models.OneToOneField(Question, models.CASCADE, related_name="on_behalf")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Came)
    #: When the caller agreed that their words become public, to the second.
    consented_at = models.DateTimeField()

    class Meta:
        verbose_name = _("代为提出")
        verbose_name_plural = _("代为提出")

    def __str__(self) -> str:
        return f"{self.question_id} by {self.organisation_id}"
