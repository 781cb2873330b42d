from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.people.choices import Browser, Device, Origin


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
    #: First public act under one's own name; null for those who only read. Acts without a
    #: name never touch it, so it says nothing about them.
    participated_at = models.DateTimeField(_("首次参与"), null=True, db_index=True)

    #: Drawn anew to end every session of the account; part of what each session must match.
    session_stamp = models.CharField(max_length=32, default="", editable=False)

    class Meta:
        verbose_name = _("人")
        verbose_name_plural = _("人")

    def __str__(self) -> str:
        return self.nickname or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    def get_session_auth_hash(self) -> str:
        return super().get_session_auth_hash() + self.session_stamp

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for digest in super().get_session_auth_fallback_hash():
            yield digest + self.session_stamp

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Empty addresses are stored alike, so that look-ups by address never meet None.
        self.email = self.email or ""
        super().save(*args, **kwargs)


class SignIn(models.Model):
    """A browser in which somebody is signed in, as their list of devices shows it.

    Weeks and no days, a kind of device and no address: it must not tell who was here
    when something was asked.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=10, choices=Device)
    browser = models.CharField(max_length=10, choices=Browser)
    since = models.DateField()
    seen = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"{self.get_device_display()} · {self.get_browser_display()}"
