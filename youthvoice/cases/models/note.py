"""What colleagues tell each other about a case, and whom they mean."""

from django.conf import settings
from django.db import models

from youthvoice.cases.choices import NOTE_MOST
from youthvoice.cases.models.case import Case
from youthvoice.orgs.models import Organisation


class Note(models.Model):
    """Never public. It belongs to one body: its people read it, and the leads of the holder."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    body = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(max_length=NOTE_MOST)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "body", "-at", "-id"], name="cases_notes")]

    def __str__(self) -> str:
        return f"note {self.pk}"


class Mention(models.Model):
    """A colleague who is meant in a note."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    #: As the note's; for the order of their list.
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "person"], name="cases_mentioned_once")
        ]
        indexes = [models.Index(fields=["person", "-at", "-id"], name="cases_mentioned")]

    def __str__(self) -> str:
        return f"{self.note_id} → {self.person_id}"
