"""Questions, and what belongs to one from its asking on."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from youthvoice.journal.models import SAID, Trace, Worded
from youthvoice.kit.addresses import address
from youthvoice.kit.labels import said as gettext
from youthvoice.kit.text import render
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Region
from youthvoice.orgs.queries import memberships_of
from youthvoice.people.models import User
from youthvoice.pictures.actions import Drawn
from youthvoice.questions import above
from youthvoice.questions.choices import Field, Kind, Origin, Outcome
from youthvoice.questions.models.common import (
    ASKED,
    IMPORTED,
    hidden_is_gone,
    hidden_reason,
    version_of,
)


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: object, opened: Iterable[int] = ()) -> Self:
        """What `user`, whose receipts have opened `opened`, may know of.

        Deleted and hidden questions too: their page is a stone. One that is withheld is
        known to its asker, to the leads of its holder and to operators.
        """
        known = models.Q(withheld_at=None) | models.Q(pk__in=list(opened))
        if isinstance(user, User) and user.is_active:
            known |= models.Q(author=user)
            works = memberships_of(user)
            if any(m.role == Role.OPERATOR for m in works):
                return self
            if leads := [m.organisation_id for m in works if m.role == Role.LEAD]:
                for held in above.held_by:
                    known |= models.Q(held(leads), withheld_at__isnull=False)
        return self.filter(known)

    def listed(self) -> Self:
        """What stands in lists and is counted."""
        return self.filter(deleted_at=None, withheld_at=None)

    def waiting(self) -> Self:
        """No answer to them stands. Imported ones don't wait: their askers are gone; nor does
        what a floor above lets wait with another."""
        rows = self.listed().filter(origin=Origin.LOCAL, first_answered_at=None)
        return rows.filter(*above.waits)


_STANDS: dict[str, Any] = {"condition": models.Q(deleted_at=None)}
_WAITS: dict[str, Any] = {"condition": models.Q(first_answered_at=None, deleted_at=None)}
_ECHOED: dict[str, Any] = {"condition": models.Q(first_answered_at__isnull=False, deleted_at=None)}
_SAID: dict[str, Any] = {"condition": models.Q(outcome_at__isnull=False)}


def _of_lists() -> Iterator[models.Index]:
    """Each list of `queries.LISTS` in its order, whole and by all that it is narrowed to.

    What a condition compares with a value SQLite can't use, for it is sent the value apart. And
    none begins with a column that is null in most rows: SQLite takes equal to mean few.
    """
    narrowed = {"fk": ["field", "kind"], "reg": ["region"], "rfk": ["region", "field", "kind"]}
    lists: list[tuple[str, list[str], list[str], dict[str, Any]]] = [
        ("new", [], ["-asked_at", "-id"], _STANDS),
        ("hot", [], ["-hot", "-id"], _STANDS),
        ("waits", ["origin"], ["asked_at", "id"], _WAITS),
        ("said", ["outcome"], ["-outcome_at", "-id"], _SAID),
    ]
    for name, first, order, also in lists:
        yield models.Index(fields=[*first, *order], name=f"questions_{name}", **also)
        for short, by in narrowed.items():
            fields = [*first, *by, *order]
            yield models.Index(fields=fields, name=f"questions_{name}_{short}", **also)
    order = ["origin", "-first_answered_at", "-id"]
    yield models.Index(fields=order, name="questions_first", **_ECHOED)


class Question(Worded):
    """What a young person brings. A nameless one holds no link to its asker at all."""

    kind = models.CharField(_("类型"), max_length=10, choices=Kind)
    field = models.CharField(_("领域"), max_length=10, choices=Field)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("地区")
    )
    title = models.CharField(_("标题"), max_length=200)
    text = models.TextField(_("内容"))
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.LOCAL)
    is_nameless = models.BooleanField(_("匿名"), default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="questions",
        verbose_name=_("提问者"),
    )
    asked_at = models.DateTimeField(_("提问时间"))
    edited_at = models.DateTimeField(null=True)
    #: Since when its words are gone: taken back by their asker, or hidden by the rules.
    deleted_at = models.DateTimeField(null=True)
    hidden_reason = hidden_reason()
    #: Since when it is out of public view because somebody may be in danger; see `crisis`.
    withheld_at = models.DateTimeField(null=True)

    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    outcome_at = models.DateTimeField(null=True)
    #: When the first answer came (`Answer.firsts`), and after how long.
    first_answered_at = models.DateTimeField(null=True)
    first_answer_seconds = models.IntegerField(null=True)

    official_count = models.IntegerField(default=0)
    government_count = models.IntegerField(default=0)
    expert_count = models.IntegerField(default=0)
    peer_count = models.IntegerField(default=0)
    comment_count = models.IntegerField(default=0)
    follow_count = models.IntegerField(default=0)
    useful_count = models.IntegerField(default=0)
    #: Hours since 1970 at asking, plus 12.5 for each tenfold of people in it (`actions/heat.py`).
    hot = models.FloatField(default=0)

    #: SHA-256 of the sending's key: the same form sent twice makes one question.
    key_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    #: Source and id in the file it came from. Unique both, but for those without one.
    import_code = models.CharField(max_length=80, null=True, unique=True)  # noqa: DJ001

    traces = (
        Trace(("question.asked",), at="asked_at", only=~models.Q(origin=Origin.IMPORTED)),
        Trace(IMPORTED, only=models.Q(origin=Origin.IMPORTED)),
        Trace(("question.edited",), at="edited_at"),
        Trace(("question.hidden",), at="deleted_at", only=~models.Q(hidden_reason="")),
        Trace(("question.deleted",), at="deleted_at", only=models.Q(hidden_reason="")),
        Trace(("question.withheld",), at="withheld_at"),
        Trace(("question.marked",), at="outcome_at"),
        Trace(ASKED, only=models.Q(deleted_at=None), words=SAID),
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("提问")
        verbose_name_plural = _("提问")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_nameless=False) | models.Q(author=None),
                name="questions_nameless_has_no_author",
            ),
            hidden_is_gone("questions_hidden_is_gone"),
        ]
        indexes = [
            *_of_lists(),
            models.Index(fields=["author", "-asked_at", "-id"], name="questions_mine"),
            # What was asked in a month, for the rates.
            models.Index(fields=["asked_at", "id"], name="questions_asked"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page; while it is withheld, the one for those who may know of it."""
        name = "site:question" if self.withheld_at is None else "site:private"
        return address(name, self.pk)

    @property
    def body_html(self) -> SafeString:
        return render(self.text)

    @property
    def version(self) -> str:
        return version_of(self.title, self.text)

    @property
    def is_imported(self) -> bool:
        return self.origin == Origin.IMPORTED

    @property
    def shown_title(self) -> str:
        """The title, or what is said in place of one that is gone."""
        if self.hidden_reason:
            return gettext("按规则隐藏的提问")
        return gettext("已经撤下的提问") if self.deleted_at else self.title

    @property
    def asker_has_left(self) -> bool:
        """Its asker has erased their account: nothing of theirs is here any more."""
        return self.author_id is None and not self.is_nameless and not self.is_imported

    @property
    def asker_name(self) -> str:
        if self.is_imported:
            return gettext("网友")
        if self.is_nameless:
            return gettext("匿名青年")
        return self.author.nickname if self.author else gettext("已离开的青年")

    @property
    def answer_count(self) -> int:
        return self.official_count + self.government_count + self.expert_count + self.peer_count

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

    @classmethod
    def of(cls, question: Question, drawn: Iterable[Drawn], *, after: int = -1) -> list[Self]:
        """Rows for pictures that were stored, behind the place `after`."""
        return [
            cls(question=question, position=place, **asdict(one))
            for place, one in enumerate(drawn, start=after + 1)
        ]

    @property
    def url(self) -> str:
        return self._url(f"{self.name}.jpg")

    @property
    def thumb_url(self) -> str:
        return self._url(f"{self.name}-s.jpg")

    def _url(self, file_name: str) -> str:
        is_public = self.question.withheld_at is None
        name = "questions:picture" if is_public else "questions:private_picture"
        return address(name, file_name)
