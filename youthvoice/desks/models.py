"""What staff keep to work with: notes, canned replies, who is here, what they asked for others."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.cases.models import Case
from youthvoice.desks.choices import NOTE_MOST, Came
from youthvoice.journal.models import SAID, Trace, Worded
from youthvoice.orgs.models import Organisation
from youthvoice.questions.choices import TEXT_MOST
from youthvoice.questions.models import Question


class Note(Worded):
    """Never public. It belongs to one body: its people read it, and the leads of the holder."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    body = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(max_length=NOTE_MOST)
    at = models.DateTimeField()

    traces = (
        Trace(("case.noted",), at="at"),
        Trace(("case.noted", "case.note_cleared"), words=SAID),
    )

    class Meta:
        indexes = [models.Index(fields=["case", "body", "-at", "-id"], name="desks_notes")]

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
            models.UniqueConstraint(fields=["note", "person"], name="desks_mentioned_once")
        ]
        indexes = [models.Index(fields=["person", "-at", "-id"], name="desks_mentioned")]

    def __str__(self) -> str:
        return f"{self.note_id} → {self.person_id}"


class Canned(Worded):
    """Never sent as it is: somebody changes it, or says that they have read it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="canned")
    title = models.CharField(_("叫什么"), max_length=40)
    #: With fields in braces; see choices.CANNED_FIELDS.
    text = models.TextField(_("内容"), max_length=TEXT_MOST)

    traces = (Trace(("case.reply_kept",), words=SAID),)

    class Meta:
        verbose_name = _("常用回复")
        verbose_name_plural = _("常用回复")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "title"], name="desks_canned_once")
        ]

    def __str__(self) -> str:
        return self.title


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
            models.UniqueConstraint(fields=["case", "person"], name="desks_one_presence")
        ]
        indexes = [models.Index(fields=["seen_at"], name="desks_presence_seen")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.person_id}"


class OnBehalf(models.Model):
    """Whose hand wrote it; whose question it is stands nowhere. Rates count such ones apart."""

    question = models.OneToOneField(Question, models.CASCADE, related_name="on_behalf")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Came)
    #: When the caller agreed that their words become public, to the second.
    consented_at = models.DateTimeField()

    traces = (Trace(("case.asked_for",), at="consented_at"),)

    class Meta:
        verbose_name = _("代为提出")
        verbose_name_plural = _("代为提出")

    def __str__(self) -> str:
        return f"{self.question_id} by {self.organisation_id}"
