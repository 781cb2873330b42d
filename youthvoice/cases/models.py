from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from youthvoice.cases.choices import State, StepKind
from youthvoice.orgs.models import Organisation, Region
from youthvoice.questions.choices import AnswerKind, Field, Kind
from youthvoice.questions.models import Question


class Route(models.Model):
    """Region × field × kind → who holds the question; empty means any.

    The most exact row wins: a region's own before the region's above it, then a row that
    names the field, then one that names the kind.
    """

    region = models.ForeignKey(
        Region, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("地区")
    )
    field = models.CharField(_("领域"), max_length=10, choices=Field, blank=True)
    kind = models.CharField(_("类型"), max_length=10, choices=Kind, blank=True)
    holder = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("承办组织")
    )

    class Meta:
        verbose_name = _("转办规则")
        verbose_name_plural = _("转办规则")
        constraints = [
            models.UniqueConstraint(fields=["region", "field", "kind"], name="cases_one_route"),
            # NULL is equal to nothing, so "any region" needs its own word.
            models.UniqueConstraint(
                fields=["field", "kind"], condition=models.Q(region=None), name="cases_one_default"
            ),
        ]

    def __str__(self) -> str:
        place = self.region.name if self.region else _t("任何地区")
        what = self.get_field_display() or _t("任何领域")
        return f"{place} · {what} · {self.get_kind_display() or _t('任何类型')} → {self.holder}"


class Case(models.Model):
    """How one question is handled: who holds it, in which state, since when it waits."""

    question = models.OneToOneField(Question, models.CASCADE, related_name="case")
    holder = models.ForeignKey(Organisation, models.PROTECT, related_name="cases")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    held_at = models.DateTimeField()
    #: Since when the holder owes an answer: from asking, or from reopening.
    waiting_since = models.DateTimeField()

    class Meta:
        verbose_name = _("办理")
        verbose_name_plural = _("办理")
        indexes = [
            models.Index(fields=["holder", "state", "waiting_since", "id"], name="cases_queue"),
            models.Index(fields=["holder", "waiting_since", "id"], name="cases_of_holder"),
            models.Index(fields=["state", "waiting_since", "id"], name="cases_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} @ {self.holder_id}"


class Step(models.Model):
    """One line of the public trail."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind)
    at = models.DateTimeField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    answer_kind = models.CharField(max_length=10, choices=AnswerKind, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["case", "at", "id"], name="cases_trail")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"

    @property
    def words(self) -> str:
        """The line as everybody reads it."""
        who = self.organisation.short_name if self.organisation else ""
        match self.kind:
            case StepKind.ASKED:
                return _t("提出")
            case StepKind.HELD:
                return _t("已转给 %s") % who
            case StepKind.ANSWERED:
                if who:
                    return _t("%s 回答了") % who
                return _t("有青年回答了") if self.answer_kind == AnswerKind.PEER else _t("有了回答")
            case StepKind.SOLVED:
                return _t("提问者说：解决了")
            case StepKind.UNSOLVED:
                return _t("提问者说：没解决")
            case StepKind.REOPENED:
                return _t("提问者重新打开")
            case StepKind.HIDDEN:
                return _t("按规则隐藏")
            case StepKind.SHOWN:
                return _t("恢复显示")
            case _:
                return _t("提问者删除了这个提问")
