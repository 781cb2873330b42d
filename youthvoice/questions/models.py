import hashlib
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from youthvoice.kit.text import render
from youthvoice.orgs.models import Organisation, Region
from youthvoice.questions.choices import (
    AnswerKind,
    Field,
    Kind,
    Origin,
    Outcome,
    TallyName,
)

_PERSON = settings.AUTH_USER_MODEL


def _version(*words: str) -> str:
    """Names the words as they stand, so that an editor's form can say what it began with."""
    return hashlib.sha256("\x00".join(words).encode()).hexdigest()[:16]


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: object) -> Self:
        """What `user` may know of. Deleted questions too: their page is a stone."""
        return self

    def listed(self) -> Self:
        return self.filter(deleted_at=None)

    def waiting(self) -> Self:
        """Nobody at all has answered yet. Imported ones don't wait: their askers are gone."""
        return self.listed().filter(origin=Origin.LOCAL, first_answered_at=None)


class Question(models.Model):
    """What a young person brings. A nameless one holds no link to its asker at all."""

    kind = models.CharField(_("类型"), max_length=10, choices=Kind)
    field = models.CharField(_("领域"), max_length=10, choices=Field)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("地区")
    )
    title = models.CharField(_("标题"), max_length=200)
    text = models.TextField(_("内容"))
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.LOCAL)
    is_nameless = models.BooleanField(_("不留名"), default=False)
    author = models.ForeignKey(
        _PERSON, models.SET_NULL, null=True, related_name="questions", verbose_name=_("提问者")
    )
    asked_at = models.DateTimeField(_("提问时间"))
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    outcome_at = models.DateTimeField(null=True)
    first_answered_at = models.DateTimeField(null=True)
    first_answer_seconds = models.IntegerField(null=True)

    official_count = models.IntegerField(default=0)
    expert_count = models.IntegerField(default=0)
    peer_count = models.IntegerField(default=0)
    comment_count = models.IntegerField(default=0)
    follow_count = models.IntegerField(default=0)
    useful_count = models.IntegerField(default=0)
    #: Hours since 1970 at asking, plus 12.5 for each tenfold of acts on it.
    hot = models.FloatField(default=0)

    #: SHA-256 of the form's key: the same form sent twice makes one question.
    key_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    #: Source and id in the file it came from. Unique both, but for those without one.
    import_code = models.CharField(max_length=80, null=True, unique=True)  # noqa: DJ001

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("提问")
        verbose_name_plural = _("提问")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_nameless=False) | models.Q(author=None),
                name="questions_nameless_has_no_author",
            )
        ]
        indexes = [
            *(
                models.Index(fields=[*by, f"-{order}", "-id"], name=f"questions_{name}_{short}")
                for order, short in (("asked_at", "new"), ("hot", "hot"))
                for name, by in (("all", ["deleted_at"]), ("fld", ["field"]), ("reg", ["region"]))
            ),
            models.Index(fields=["outcome", "-outcome_at", "-id"], name="questions_outcome"),
            models.Index(
                fields=["asked_at", "id"],
                name="questions_waiting",
                condition=models.Q(first_answered_at=None, deleted_at=None, origin=Origin.LOCAL),
            ),
            models.Index(
                fields=["-first_answered_at", "-id"],
                name="questions_echoed",
                condition=models.Q(
                    first_answered_at__isnull=False, deleted_at=None, origin=Origin.LOCAL
                ),
            ),
            models.Index(fields=["author", "-asked_at", "-id"], name="questions_mine"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("site:question", args=[self.pk])

    @property
    def body_html(self) -> SafeString:
        return render(self.text)

    @property
    def version(self) -> str:
        return _version(self.title, self.text)

    @property
    def is_imported(self) -> bool:
        return self.origin == Origin.IMPORTED

    @property
    def asker_name(self) -> str:
        if self.is_imported:
            return gettext("网友")
        if self.is_nameless:
            return gettext("没有留名的青年")
        return self.author.nickname if self.author else gettext("已离开的青年")

    @property
    def answer_count(self) -> int:
        return self.official_count + self.expert_count + self.peer_count

    @property
    def waits(self) -> bool:
        return self.first_answered_at is None and not self.is_imported


class Receipt(models.Model):
    """Opens a nameless question's private side; the code itself is nowhere."""

    question = models.OneToOneField(Question, models.CASCADE, related_name="receipt")
    digest = models.BinaryField(max_length=32, unique=True)

    def __str__(self) -> str:
        return f"receipt of {self.question_id}"


class Picture(models.Model):
    """A picture as we drew it anew; what was sent is not kept."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="pictures")
    position = models.IntegerField()
    #: Random hex; the files are <name>.jpg and <name>-s.jpg.
    name = models.CharField(max_length=32, unique=True)
    width = models.IntegerField()
    height = models.IntegerField()
    thumb_width = models.IntegerField()
    thumb_height = models.IntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "position"], name="questions_picture_place")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return reverse("questions:picture", args=[f"{self.name}.jpg"])

    @property
    def thumb_url(self) -> str:
        return reverse("questions:picture", args=[f"{self.name}-s.jpg"])


class Answer(models.Model):
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    kind = models.CharField(_("类别"), max_length=10, choices=AnswerKind)
    author = models.ForeignKey(_PERSON, models.SET_NULL, null=True, related_name="answers")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="answers"
    )
    #: The writer chose to stand beside the organisation with their own name.
    show_writer = models.BooleanField(default=False)
    text = models.TextField(_("内容"))
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.LOCAL)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    useful_count = models.IntegerField(default=0)
    comment_count = models.IntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["question", "created_at", "id"], name="answers_of_question"),
            models.Index(fields=["organisation", "-created_at", "-id"], name="answers_of_org"),
            models.Index(fields=["author", "-created_at", "-id"], name="answers_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        return f"{reverse('site:question', args=[self.question_id])}#answer-{self.pk}"

    @property
    def body_html(self) -> SafeString:
        return render(self.text)

    @property
    def version(self) -> str:
        return _version(self.text)

    @property
    def signature(self) -> str:
        if self.organisation is not None:
            return self.organisation.short_name
        if self.origin == Origin.IMPORTED:
            return gettext("原答复单位")
        return self.author.nickname if self.author else gettext("已离开的青年")

    @property
    def writer_name(self) -> str:
        shown = self.show_writer and self.organisation is not None and self.author is not None
        return self.author.nickname if shown and self.author else ""


class Comment(models.Model):
    question = models.ForeignKey(Question, models.CASCADE, related_name="comments")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, related_name="comments")
    author = models.ForeignKey(_PERSON, models.SET_NULL, null=True, related_name="comments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    is_asker = models.BooleanField(default=False)
    text = models.TextField(_("内容"))
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["question", "answer", "created_at", "id"], name="comments_place")
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"

    def get_absolute_url(self) -> str:
        return f"{reverse('site:question', args=[self.question_id])}#comment-{self.pk}"

    @property
    def author_name(self) -> str:
        if self.is_asker:
            return gettext("提问者")
        if self.organisation is not None:
            return self.organisation.short_name
        return self.author.nickname if self.author else gettext("已离开的青年")


class Useful(models.Model):
    """有用: one a person and answer."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="useful")
    person = models.ForeignKey(_PERSON, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "answer"], name="questions_useful_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} found {self.answer_id} useful"


class Follow(models.Model):
    """我也想问: the person is shown what comes."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="follows")
    person = models.ForeignKey(_PERSON, models.CASCADE, related_name="follows")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "question"], name="questions_follow_once")
        ]
        indexes = [models.Index(fields=["person", "-at", "-id"], name="questions_followed")]

    def __str__(self) -> str:
        return f"{self.person_id} follows {self.question_id}"


class Revision(models.Model):
    """What a question or an answer said before an edit."""

    question = models.ForeignKey(Question, models.CASCADE, null=True, related_name="revisions")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, related_name="revisions")
    title = models.CharField(max_length=200, default="")
    text = models.TextField()
    #: From when until when it stood.
    since = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(question=None) ^ models.Q(answer=None),
                name="questions_revision_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"revision {self.pk}"

    @property
    def text_html(self) -> SafeString:
        return render(self.text)


class Tally(models.Model):
    """A number that moves with the act itself, in the same transaction."""

    name = models.CharField(max_length=20, primary_key=True, choices=TallyName)
    value = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
