from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.kit import clock
from youthvoice.kit.clock import start_of_month
from youthvoice.people.choices import Origin


def this_month() -> datetime:
    return start_of_month(clock.now())


class User(AbstractUser):
    """Somebody with an account. Shown to others by nickname only."""

    # Names of the civil register have no place here.
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    nickname = models.CharField(_("昵称"), max_length=20)
    origin = models.CharField(_("来源"), max_length=10, choices=Origin, default=Origin.LOCAL)
    #: The author's code in the file an imported person came from.
    import_code = models.CharField(  # noqa: DJ001 - unique, but for those without one
        _("导入编号"), max_length=80, null=True, unique=True
    )
    #: The month only: a day would tell who may have come to ask without a name.
    date_joined = models.DateTimeField(_("加入月份"), default=this_month)
    #: First public act under one's own name; null for those who only read. Acts without a
    #: name never touch it, so it says nothing about them.
    participated_at = models.DateTimeField(_("首次参与"), null=True, db_index=True)

    class Meta:
        verbose_name = _("人")
        verbose_name_plural = _("人")

    def __str__(self) -> str:
        return self.nickname or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Empty addresses are stored alike, so that look-ups by address never meet None.
        self.email = self.email or ""
        super().save(*args, **kwargs)
