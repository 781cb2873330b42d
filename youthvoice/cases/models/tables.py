"""What operators set: who holds what, and how long it may take."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from youthvoice.orgs.models import Organisation, Region
from youthvoice.questions.choices import Field, Kind


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


class Term(models.Model):
    """Field × kind → how long things may take; empty means any, and the most exact row wins.

    What no row says, the settings say.
    """

    field = models.CharField(_("领域"), max_length=10, choices=Field, blank=True)
    kind = models.CharField(_("类型"), max_length=10, choices=Kind, blank=True)
    first_reply_hours = models.PositiveSmallIntegerField(
        _("首次回复（值班小时）"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
    )
    worst_hours = models.PositiveSmallIntegerField(
        _("首次回复最迟（小时）"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
    )
    next_step_days = models.PositiveSmallIntegerField(
        _("下一步（工作日）"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )

    class Meta:
        verbose_name = _("办理时限")
        verbose_name_plural = _("办理时限")
        constraints = [models.UniqueConstraint(fields=["field", "kind"], name="cases_one_term")]

    def __str__(self) -> str:
        what = self.get_field_display() or _t("任何领域")
        return f"{what} · {self.get_kind_display() or _t('任何类型')}"

    def clean(self) -> None:
        """A row that says nothing would only look as if it did."""
        if (self.first_reply_hours, self.worst_hours, self.next_step_days) == (None, None, None):
            raise ValidationError(_t("三个时限里至少写一个。"))
