"""What is said under a question, and words that are no longer shown."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Min, Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from youthvoice.journal.models import SAID, Trace, Worded
from youthvoice.kit.labels import said as gettext
from youthvoice.kit.text import render
from youthvoice.orgs.choices import OrgKind, lane_of
from youthvoice.orgs.models import Organisation
from youthvoice.questions.choices import AnswerKind, Origin
from youthvoice.questions.models.common import (
    ANSWERED,
    ASKED,
    COMMENTED,
    IMPORTED,
    REPLY,
    hidden_is_gone,
    hidden_reason,
    version_of,
)
from youthvoice.questions.models.question import Question


@dataclass(frozen=True)
class Firsts:
    answer: datetime | None
    reply: datetime | None


class Answer(Worded):
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    kind = models.CharField(_("类别"), max_length=10, choices=AnswerKind)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="answers"
    )
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
    hidden_reason = hidden_reason()
    accepted_at = models.DateTimeField(null=True)
    useful_count = models.IntegerField(default=0)
    comment_count = models.IntegerField(default=0)

    traces = (
        Trace(
            ("question.answered",),
            at="created_at",
            only=~Q(origin=Origin.IMPORTED),
            says=(("question", "question_id"),),
        ),
        Trace(IMPORTED, subject="question", only=Q(origin=Origin.IMPORTED)),
        Trace(("answer.edited",), at="edited_at"),
        Trace(("answer.hidden",), at="deleted_at", only=~Q(hidden_reason="")),
        Trace(("answer.deleted",), at="deleted_at", only=Q(hidden_reason="")),
        Trace(("answer.accepted",), at="accepted_at"),
        Trace(ANSWERED, only=~Q(origin=Origin.IMPORTED) & Q(deleted_at=None), words=SAID),
        Trace(
            IMPORTED,
            subject="question",
            only=Q(origin=Origin.IMPORTED, deleted_at=None),
            words=REPLY,
        ),
    )

    class Meta:
        constraints = [hidden_is_gone("questions_hidden_answer_is_gone")]
        indexes = [
            models.Index(fields=["question", "created_at", "id"], name="answers_of_question"),
            models.Index(fields=["question", "organisation"], name="answers_of_body"),
            models.Index(fields=["organisation", "-created_at", "-id"], name="answers_of_org"),
            models.Index(fields=["author", "-created_at", "-id"], name="answers_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        return f"{self.question.get_absolute_url()}#answer-{self.pk}"

    @classmethod
    def firsts(cls, question_id: int) -> Firsts:
        """When the first answer to a question came, and the first reply: said here for all.

        An answer is anybody's; a reply is a body's, for a peer owes none. Only what stands is
        one: what its writer took back, or what was hidden by the rules, never counts as having
        come; shown again, it counts from when it was written. The response in the rates, and
        every wait that a page tells, are reckoned from these two. One query.
        """
        standing = cls._default_manager.filter(question=question_id, deleted_at=None)
        found = standing.aggregate(
            answer=Min("created_at"), reply=Min("created_at", filter=~Q(kind=AnswerKind.PEER))
        )
        return Firsts(**found)

    @property
    def is_reply(self) -> bool:
        """A body's; see `firsts`."""
        return self.kind != AnswerKind.PEER

    @property
    def body_html(self) -> SafeString:
        return render(self.text)

    @property
    def version(self) -> str:
        return version_of(self.text)

    @property
    def writer_has_left(self) -> bool:
        """Its writer has erased their account."""
        ours = self.organisation_id is not None or self.origin == Origin.IMPORTED
        return self.author_id is None and not ours

    @property
    def signature(self) -> str:
        if self.organisation is not None:
            return self.organisation.short_name
        if self.origin == Origin.IMPORTED:
            return gettext("原答复单位")
        return self.author.nickname if self.author else gettext("已离开的青年")

    @property
    def voice(self) -> str:
        """What kind of answer it is, in words: not every body of society is one of experts."""
        body = self.organisation
        if self.kind == AnswerKind.EXPERT and body is not None and body.kind != OrgKind.EXPERT:
            return gettext("社会力量")
        return self.get_kind_display()

    @property
    def writer_name(self) -> str:
        shown = self.show_writer and self.organisation is not None and self.author is not None
        return self.author.nickname if shown and self.author else ""


class Comment(Worded):
    question = models.ForeignKey(Question, models.CASCADE, related_name="comments")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="comments"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    is_asker = models.BooleanField(default=False)
    #: The comment that it answers, and the number of the one under which both stand: its own
    #: number, of one that answers none.
    to = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies")
    thread = models.BigIntegerField()
    text = models.TextField(_("内容"))
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)
    hidden_reason = hidden_reason()

    traces = (
        Trace(COMMENTED, at="created_at", says=(("question", "question_id"),)),
        Trace(("comment.hidden",), at="deleted_at", only=~Q(hidden_reason="")),
        Trace(("comment.deleted",), at="deleted_at", only=Q(hidden_reason="")),
        Trace(COMMENTED, only=Q(deleted_at=None), words=SAID),
    )

    class Meta:
        constraints = [hidden_is_gone("questions_hidden_comment_is_gone")]
        indexes = [
            models.Index(fields=["question", "answer", "thread", "id"], name="comments_place")
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"

    def get_absolute_url(self) -> str:
        return f"{self.question.get_absolute_url()}#comment-{self.pk}"

    @property
    def writer_has_left(self) -> bool:
        """Its writer has erased their account. Of an asker's words, look at the question."""
        return self.author_id is None and self.organisation_id is None

    @property
    def lane(self) -> str:
        """Whose mark stands beside the name: peers have none."""
        return lane_of(self.organisation.kind) if self.organisation is not None else "peer"

    @property
    def voice(self) -> str:
        """Who speaks, in words, as `Answer.voice` says it."""
        body = self.organisation
        if body is None:
            return gettext("青年")
        if self.lane == "society":
            return gettext("专家") if body.kind == OrgKind.EXPERT else gettext("社会力量")
        return gettext("政府部门") if self.lane == "government" else gettext("团组织")

    @property
    def is_reply(self) -> bool:
        return self.thread != self.pk

    @property
    def author_name(self) -> str:
        if self.is_asker:
            return gettext("提问者")
        if self.organisation is not None:
            return self.organisation.short_name
        return self.author.nickname if self.author else gettext("已离开的青年")


class Revision(Worded):
    """What a question or an answer said before an edit."""

    question = models.ForeignKey(Question, models.CASCADE, null=True, related_name="revisions")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, related_name="revisions")
    title = models.CharField(max_length=200, default="")
    text = models.TextField()
    #: From when until when it stood.
    since = models.DateTimeField()
    at = models.DateTimeField()

    traces = (
        Trace(("question.edited",), at="at", subject="question"),
        Trace(("answer.edited",), at="at", subject="answer"),
        Trace(ASKED, at="since", subject="question", words=SAID),
        Trace(ANSWERED, at="since", subject="answer", words=SAID),
    )

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


class Hidden(Worded):
    """The words that a stone stands for, kept apart: no page can show them by mistake."""

    question = models.OneToOneField(Question, models.CASCADE, null=True, related_name="hidden")
    answer = models.OneToOneField(Answer, models.CASCADE, null=True, related_name="hidden")
    comment = models.OneToOneField(Comment, models.CASCADE, null=True, related_name="hidden")
    title = models.CharField(max_length=200, default="")
    text = models.TextField()
    accepted_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    traces = (
        Trace(("question.hidden",), at="at", subject="question"),
        Trace(("answer.hidden",), at="at", subject="answer"),
        Trace(("comment.hidden",), at="at", subject="comment"),
        Trace(ASKED, subject="question", words=SAID),
        Trace(ANSWERED, subject="answer", only=~Q(answer__origin=Origin.IMPORTED), words=SAID),
        Trace(
            IMPORTED,
            subject="answer__question",
            only=Q(answer__origin=Origin.IMPORTED),
            words=REPLY,
        ),
        Trace(COMMENTED, subject="comment", words=SAID),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(question__isnull=False, answer=None, comment=None)
                | models.Q(question=None, answer__isnull=False, comment=None)
                | models.Q(question=None, answer=None, comment__isnull=False),
                name="questions_hidden_is_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"hidden {self.pk}"
