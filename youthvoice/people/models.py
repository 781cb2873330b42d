from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.people.choices import Origin


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

    class Meta:
        verbose_name = _("人")
        verbose_name_plural = _("人")
        # Signing in looks addresses up; a walk through all would tell by its time.
        indexes = [models.Index(fields=["email"], name="people_email")]

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


class Phone(models.Model):
    """The number by which somebody signs in, as an HMAC under a key outside the database.

    Nobody can read it back: a code is sent only to what somebody types.
    """

    person = models.OneToOneField(User, models.CASCADE, related_name="phone")
    digest = models.BinaryField(max_length=32, unique=True)
    #: The last two digits, for its owner.
    ending = models.CharField(max_length=2)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"…{self.ending}"


class PhoneCode(models.Model):
    """A code on its way to some number: neither can be read here, and it lives for minutes."""

    #: Known to the one browser that asked, by its session.
    key = models.CharField(primary_key=True, max_length=40)
    digest = models.BinaryField(max_length=32)
    ending = models.CharField(max_length=2)
    code = models.BinaryField(max_length=32)
    tries = models.PositiveSmallIntegerField(default=0)
    proved = models.BooleanField(default=False)
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"…{self.ending}"
