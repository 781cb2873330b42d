from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from youthvoice.journal.models import Trace
from youthvoice.kit.text import check_clean, check_line
from youthvoice.orgs.models import Organisation
from youthvoice.questions.models import Question
from youthvoice.topics.choices import INTRO_MOST, KEY_MOST, NAME_MOST
from youthvoice.topics.names import check_name as check_name


class Topic(models.Model):
    """What several questions are about, under one name. Who wrote it stands in the journal.

    Its counters move with every act on its questions, behind the journal's lock; so an act
    that changes the row of a topic that is there already records first.
    """

    name = models.CharField(_("名字"), max_length=NAME_MOST, validators=[check_name])
    #: The name as it is compared; see `names.key_of`.
    key = models.CharField(max_length=KEY_MOST, unique=True, editable=False)
    #: One line: what it is about.
    intro = models.CharField(
        _("说的是什么"), max_length=INTRO_MOST, validators=[check_clean, check_line]
    )
    host = models.ForeignKey(
        Organisation, models.PROTECT, related_name="topics", db_index=False, verbose_name=_("主持")
    )
    opened_at = models.DateTimeField(_("开始时间"))
    #: Since when no questions are added; the page stays.
    closed_at = models.DateTimeField(_("结束时间"), null=True)
    #: When a question was last added, or something said under one of them.
    active_at = models.DateTimeField()

    question_count = models.IntegerField(default=0)
    participant_count = models.IntegerField(default=0)

    traces = (
        Trace(("topic.opened",), at="opened_at"),
        Trace(("topic.closed",), at="closed_at"),
    )

    class Meta:
        verbose_name = _("话题")
        verbose_name_plural = _("话题")
        indexes = [
            models.Index(fields=["-active_at", "-id"], name="topics_active"),
            models.Index(fields=["host", "-active_at", "-id"], name="topics_of_host"),
        ]

    def __str__(self) -> str:
        return f"#{self.name}#"

    def get_absolute_url(self) -> str:
        return reverse("topics:topic", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Tag(models.Model):
    """A question in a topic, put there by the topic's host."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="tags")
    #: The constraint's index finds a topic's questions, in their order.
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="tags", db_index=False)
    at = models.DateTimeField()

    traces = (Trace(("topic.opened", "topic.grown"), at="at", subject="topic"),)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "question"], name="topics_tagged_once")
        ]

    def __str__(self) -> str:
        return f"{self.question_id} in {self.topic_id}"


class Participant(models.Model):
    """Somebody who is counted in a topic. It says nothing that other rows don't: it is kept so
    that each act can tell whether its person is new there. `recount` proves it.
    """

    #: The constraint's index counts a topic's people.
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="participants", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "person"], name="topics_counted_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.topic_id}"
