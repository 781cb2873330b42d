"""Who of the staff has a case open just now."""

from django.conf import settings
from django.db import models

from youthvoice.cases.models.case import Case
from youthvoice.orgs.models import Organisation


class Presence(models.Model):
    """One row for each person and case, gone a minute after they have left the page."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="presences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    #: For which body they look at it: colleagues are told the name, others only the body's.
    body = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    is_writing = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="cases_one_presence")
        ]
        indexes = [models.Index(fields=["seen_at"], name="cases_presence_seen")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.person_id}"
