from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.journal.models import Trace


class DayOverride(models.Model):
    """A day that operators say is worked or free, whatever the published data says."""

    date = models.DateField(_("日期"), unique=True)
    is_working = models.BooleanField(
        _("上班"), default=False, help_text=_("勾上是调休上班，不勾是放假。")
    )
    name = models.CharField(
        _("名称"), max_length=40, blank=True, help_text=_("比如春节、国庆节调休。")
    )
    #: The year whose notice says so; null where an operator said it of this day alone.
    notice_year = models.PositiveSmallIntegerField(_("哪年的通知"), null=True, editable=False)

    traces = (Trace(("admin.added",), only=models.Q(notice_year=None)),)

    class Meta:
        verbose_name = _("放假和调休")
        verbose_name_plural = _("放假和调休")
        ordering = ["-date"]

    def __str__(self) -> str:
        return f"{self.date} {self.name}".strip()


class EnteredYear(models.Model):
    """A year whose published list operators entered, and confirmed as it was read."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    entered_at = models.DateTimeField()

    traces = (Trace(("workdays.year_entered",), at="entered_at"),)

    def __str__(self) -> str:
        return str(self.year)


class UnknownYear(models.Model):
    """A year whose holidays nobody has told the house: it counts by an estimate in it."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    first_seen_at = models.DateTimeField()
    #: When the days were there, or the year was over; null while operators are asked for them.
    settled_at = models.DateTimeField(null=True)

    traces = (
        Trace(("workdays.year_unknown",), at="first_seen_at"),
        Trace(("workdays.year_settled",), at="settled_at"),
    )

    def __str__(self) -> str:
        return str(self.year)
