"""How one question is handled, and its public trail."""

from functools import lru_cache
from typing import Self

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from youthvoice.cases.choices import (
    OWN_OPEN,
    REASON_MOST,
    STEP_WORDS,
    WAITING,
    LaneKind,
    State,
    StepKind,
)
from youthvoice.journal.models import Trace
from youthvoice.orgs.models import Organisation
from youthvoice.questions.choices import AnswerKind, Origin
from youthvoice.questions.models import Question


class CaseQuerySet(models.QuerySet["Case"]):
    def waiting(self) -> Self:
        """Its holder owes the next word."""
        return self.filter(state__in=WAITING)

    def of_question(self, number: int) -> Self:
        """By the number in an address; none where it is larger than any row's, for which SQLite
        would fail at a foreign key."""
        return self.filter(question__in=Question.objects.filter(pk=number))


class Case(models.Model):
    """Who holds a question, in which state, since when it waits. Its clocks are its lanes'."""

    question = models.OneToOneField(Question, models.CASCADE, related_name="case")
    holder = models.ForeignKey(Organisation, models.PROTECT, related_name="cases")
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    held_at = models.DateTimeField()
    #: Since when the holder owes an answer: from asking, or from reopening.
    waiting_since = models.DateTimeField()
    #: By when the first reply was due, as reckoned at asking; only waiting for the asker moves it.
    first_due_at = models.DateTimeField()
    #: As a lane's clock.
    first_is_estimated = models.BooleanField(default=False)
    #: When the first reply came (`Answer.firsts`); the rates are reckoned from it.
    first_reply_at = models.DateTimeField(null=True)
    #: Where it goes back to when it is taken up again, or unmerged.
    state_before = models.CharField(max_length=10, choices=State, blank=True, default="")
    #: The first letters of the kinds of help in which a lane besides the own one is open, for
    #: lists, which show them without a look at the lanes; see `moving.note_open_kinds`.
    open_kinds = models.CharField(max_length=4, blank=True, default="")
    #: Counts its moves: whoever moves it names the one they saw.
    version = models.IntegerField(default=1)

    traces = (
        Trace(("case.held",), only=~models.Q(question__origin=Origin.IMPORTED)),
        Trace(
            ("case.held", "case.transferred", "case.given_back"),
            at="held_at",
            only=~models.Q(question__origin=Origin.IMPORTED),
        ),
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("办理")
        verbose_name_plural = _("办理")
        indexes = [
            models.Index(fields=["holder", "state", "waiting_since", "id"], name="cases_queue"),
            models.Index(fields=["holder", "waiting_since", "id"], name="cases_of_holder"),
            models.Index(fields=["state", "waiting_since", "id"], name="cases_waiting"),
            models.Index(
                fields=["first_due_at", "id"],
                name="cases_estimated",
                condition=models.Q(first_is_estimated=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} @ {self.holder_id}"

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def standing(self) -> str:
        """Its state, or while it is out of public view the one that it comes back to."""
        return self.state_before if self.state == State.ASIDE else self.state

    @property
    def awaited(self) -> frozenset[str]:
        """The kinds of help from which the asker may expect a word.

        While others are at it, the holder that has answered only looks after them.
        """
        is_quiet = self.standing == State.REFERRED and self.question.official_count
        return _awaited(self.open_kinds, self.standing, bool(is_quiet))


@lru_cache(maxsize=1024)
def _awaited(open_kinds: str, standing: str, is_quiet: bool) -> frozenset[str]:
    found = {kind.value for kind in LaneKind if kind[0] in open_kinds}
    if standing in (*OWN_OPEN, State.REFERRED) and not is_quiet:
        found.add(LaneKind.LEAGUE.value)
    return frozenset(found)


class Step(models.Model):
    """One line of the public trail."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind)
    at = models.DateTimeField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    answer_kind = models.CharField(max_length=10, choices=AnswerKind, blank=True, default="")
    #: Why, as everybody reads it.
    note = models.CharField(max_length=REASON_MOST, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["case", "at", "id"], name="cases_trail")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"

    @property
    def words(self) -> str:
        """The line as everybody reads it."""
        who = self.organisation.short_name if self.organisation else ""
        if self.kind == StepKind.ANSWERED:
            if who:
                return _t("%s 回答了") % who
            return _t("有青年回答了") if self.answer_kind == AnswerKind.PEER else _t("有了回答")
        if self.kind == StepKind.UNANSWERED and self.answer_kind:
            # It had ended nothing, so nothing begins again.
            return _t("%s 的回答撤下了") % who if who else _t("青年的回答撤下了")
        if self.kind == StepKind.UNANSWERED and not who:
            return _t("回答撤下了，重新等")
        words = STEP_WORDS[StepKind(self.kind)]
        return str(words % {"who": who} if "%(who)s" in str(words) else words)
