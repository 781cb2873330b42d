from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.journal.models import Trace
from youthvoice.orgs.models import Region
from youthvoice.safety.choices import WordKind
from youthvoice.safety.folding import fold


class HelpLine(models.Model):
    """Whom to call. One that came with the house has a code, and can only be switched off."""

    region = models.ForeignKey(
        Region,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("地区"),
        help_text=_("不选就是全国的。"),
    )
    name = models.CharField(_("名称"), max_length=40)
    number = models.CharField(_("号码"), max_length=20)
    hours = models.CharField(_("什么时候有人接"), max_length=40, blank=True)
    position = models.SmallIntegerField(_("次序"), default=50)
    is_active = models.BooleanField(_("在用"), default=True)
    code = models.CharField(max_length=20, null=True, unique=True, editable=False)  # noqa: DJ001

    traces = (Trace(("admin.added",), only=models.Q(code=None)),)

    class Meta:
        verbose_name = _("求助电话")
        verbose_name_plural = _("求助电话")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class ListedWord(models.Model):
    """A word that its writer is warned of. A shipped one can only be switched off."""

    word = models.CharField(_("词"), max_length=40, unique=True)
    kind = models.CharField(_("类别"), max_length=10, choices=WordKind)
    is_active = models.BooleanField(_("在用"), default=True)
    is_shipped = models.BooleanField(default=False, editable=False)
    #: With the number of rows it says whether a process's automaton is still the list.
    changed_at = models.DateTimeField(auto_now=True, db_index=True)

    traces = (Trace(("admin.added",), only=models.Q(is_shipped=False)),)

    class Meta:
        verbose_name = _("提醒词")
        verbose_name_plural = _("提醒词")

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        if not fold(self.word).text:
            raise ValidationError({"word": _("这里没有字，找不到它。")})
