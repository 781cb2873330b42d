from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from youthvoice.journal.models import SAID, Trace, Worded
from youthvoice.moderation.choices import NOTE_MOST, AppealState, State
from youthvoice.orgs.models import Organisation
from youthvoice.questions.choices import HideReason
from youthvoice.questions.models import Answer, Comment, Question

_OPEN = Q(state=State.OPEN)


class Item(models.Model):
    """Words that were reported, and what became of it. One open item for one piece of words."""

    #: What the words belong to; they are its own when neither answer nor comment is set.
    question = models.ForeignKey(Question, models.CASCADE, related_name="+")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, related_name="+")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, related_name="+")
    #: Who wrote them under their own name; null for nameless words.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    #: Whose judges decide; null means the operators.
    desk = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="+")
    #: Of whom the words spoke when they were reported: a later change of names helps nobody.
    about = models.ManyToManyField(Organisation, related_name="+")
    named = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decide_seconds = models.IntegerField(null=True)
    #: Known to the journal and to judges; the writer is told the organisation only.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_for = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=10, choices=HideReason, blank=True, default="")
    undone_at = models.DateTimeField(null=True)

    traces = (
        Trace(("report.made",), at="opened_at"),
        Trace(
            ("item.hidden",),
            at="decided_at",
            only=Q(state__in=[State.HIDDEN, State.UNDONE, State.RESTORED]),
        ),
        Trace(("item.dismissed",), at="decided_at", only=Q(state=State.DISMISSED)),
        Trace(("item.undone",), at="undone_at"),
    )

    class Meta:
        verbose_name = _("举报事项")
        verbose_name_plural = _("举报事项")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer=None) | Q(comment=None), name="moderation_of_one"
            ),
            models.UniqueConstraint(
                fields=["comment"], condition=_OPEN, name="moderation_open_comment"
            ),
            models.UniqueConstraint(
                fields=["answer"], condition=_OPEN, name="moderation_open_answer"
            ),
            models.UniqueConstraint(
                fields=["question"],
                condition=_OPEN & Q(answer=None, comment=None),
                name="moderation_open_question",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "opened_at", "id"], name="moderation_open"),
            models.Index(fields=["desk", "state", "opened_at", "id"], name="moderation_desk"),
            models.Index(fields=["-decided_at", "-id"], name="moderation_done"),
            models.Index(fields=["decided_for", "-decided_at", "-id"], name="moderation_done_by"),
            models.Index(fields=["author", "-decided_at", "-id"], name="moderation_author"),
            models.Index(fields=["undone_at"], name="moderation_undone"),
        ]

    def __str__(self) -> str:
        return f"item {self.pk}"

    @property
    def words(self) -> Question | Answer | Comment:
        found = self.comment or self.answer
        if found is None:
            return self.question
        found.question = self.question  # at hand already: no query for it
        return found

    @property
    def kind(self) -> str:
        return self.words._meta.model_name or ""


def mark_of(person_id: int) -> str:
    """What stands for a person in their reports; the same for all of them."""
    return salted_hmac(
        "youthvoice.moderation.report", str(person_id), algorithm="sha256"
    ).hexdigest()


class Report(Worded):
    """Somebody's or the word list's, that words break a rule."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="reports")
    reason = models.CharField(_("理由"), max_length=10, choices=HideReason)
    note = models.CharField(_("补充"), max_length=NOTE_MOST, blank=True, default="")
    #: A keyed mark of whoever was signed in, to count them once and to tell them what came of
    #: it; empty for others. Without the key a copy of the table names nobody.
    mark = models.CharField(max_length=64, blank=True, default="")
    by_list = models.BooleanField(default=False)
    at = models.DateTimeField()

    words = ("note",)
    traces = (
        Trace(("report.made",), at="at", subject="item"),
        Trace(("report.made",), at="at", subject="item", only=~Q(note=""), words=SAID),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "mark"], condition=~Q(mark=""), name="moderation_report_once"
            ),
            models.UniqueConstraint(
                fields=["item", "reason"], condition=Q(by_list=True), name="moderation_flag_once"
            ),
        ]
        indexes = [
            models.Index(fields=["at"], name="moderation_report_at"),
            models.Index(fields=["mark", "-at", "-id"], name="moderation_reporter"),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"


class Appeal(Worded):
    """The writer's word against hiding; one for each time."""

    item = models.OneToOneField(Item, models.CASCADE, related_name="appeal")
    text = models.TextField(_("申诉"))
    made_at = models.DateTimeField()
    desk = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=AppealState, default=AppealState.OPEN)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_for = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    #: The reason in words, for the writer.
    answer = models.TextField(blank=True, default="")

    words = ("text",)
    traces = (
        Trace(("appeal.made",), only=~Q(text=""), words=SAID),
        Trace(("appeal.made",), at="made_at"),
        Trace(("appeal.decided",), at="decided_at", only=~Q(state=AppealState.SETTLED)),
        Trace(("appeal.decided",), only=~Q(answer=""), words=SAID, columns=("answer",)),
    )

    class Meta:
        indexes = [
            models.Index(fields=["state", "made_at", "id"], name="moderation_appeals"),
            models.Index(fields=["desk", "state", "made_at", "id"], name="moderation_appeal_desk"),
            models.Index(fields=["made_at"], name="moderation_appeal_made"),
            models.Index(fields=["decided_at"], name="moderation_appeal_done"),
        ]

    def __str__(self) -> str:
        return f"appeal {self.pk}"


class Left(models.Model):
    """That somebody worked in an organisation until then: leaving it makes nobody impartial.

    Numbers without foreign keys, so that they outlive the rows and name nobody by themselves.
    """

    person = models.BigIntegerField()
    organisation = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "organisation", "at"], name="moderation_left_when")
        ]

    def __str__(self) -> str:
        return f"{self.person} left {self.organisation}"
