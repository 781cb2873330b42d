from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from youthvoice.kit import clock
from youthvoice.kit.clock import start_of_month
from youthvoice.people.choices import AgeBand, Document, Origin


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
    #: What the person said of their age, and in which year; empty for those who never did.
    age_band = models.CharField(_("年龄段"), max_length=10, choices=AgeBand, blank=True, default="")
    age_said = models.SmallIntegerField(_("哪一年说的"), null=True)

    #: Drawn anew to end every session of the account; part of what each session must match.
    session_stamp = models.CharField(max_length=32, default="", editable=False)

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

    def get_session_auth_hash(self) -> str:
        return super().get_session_auth_hash() + self.session_stamp

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for digest in super().get_session_auth_fallback_hash():
            yield digest + self.session_stamp

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Empty addresses are stored alike, so that look-ups by address never meet None.
        self.email = self.email or ""
        super().save(*args, **kwargs)


class Consent(models.Model):
    """Somebody agreed to one version of the rules or of the privacy page."""

    person = models.ForeignKey(User, models.CASCADE, related_name="consents")
    what = models.CharField(max_length=10, choices=Document)
    version = models.CharField(max_length=10)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "what", "version"],
                condition=models.Q(withdrawn_at=None),
                name="people_one_standing_consent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.version}"

    @property
    def given_on(self) -> str:
        """The day; of what was agreed to by signing up only the month is known."""
        day = timezone.localtime(self.given_at)
        return date_format(day, "Y年n月" if day == start_of_month(day) else "Y年n月j日")


class Guardianship(models.Model):
    """A guardian is asked whether a child under 14 may write under a name.

    The address is kept until it is answered; then only an HMAC of it stays, as a proof.
    """

    person = models.OneToOneField(User, models.CASCADE, related_name="guardianship")
    address = models.EmailField(blank=True, default="")
    #: Of the last letter's link; null when there is none that could be used.
    token_hash = models.CharField(  # noqa: DJ001 - unique, but for those without one
        max_length=64, null=True, unique=True
    )
    sent_at = models.DateTimeField(null=True)
    #: The privacy page's version that the guardian agreed to, and when.
    version = models.CharField(max_length=10, blank=True, default="")
    agreed_at = models.DateTimeField(null=True)
    address_proof = models.CharField(max_length=64, blank=True, default="")
    #: When an account without an answer is erased; null once there was one.
    erase_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.person_id}"


class Phone(models.Model):
    """The number by which somebody signs in, as an HMAC under a key outside the database.

    Nobody can read it back: a code is sent only to what somebody types.
    """

    person = models.OneToOneField(User, models.CASCADE, related_name="phone")
    digest = models.BinaryField(max_length=32, unique=True)
    #: The last two digits, for its owner.
    ending = models.CharField(max_length=2)
    #: The month only: it may be the day of signing up.
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


class EndedSession(models.Model):
    """That a session was signed out of. The session itself goes later, with others.

    Were it deleted at once, the log of writes would tell that whoever signed in when the session
    came is the one who signed out when it went, and so what they did at both ends.
    """

    #: A keyed hash of the session's key: nothing says which session it is.
    mark = models.BinaryField(primary_key=True, max_length=32)
    #: Session and row in the list of devices, sealed.
    inside = models.TextField()
    week = models.DateField()

    def __str__(self) -> str:
        return f"one of the week of {self.week}"


class SignIn(models.Model):
    """A browser in which somebody is signed in; `devices/rows.py` reads it.

    A week and no day, and the rest sealed: it must not tell who was here when something
    was asked.
    """

    #: Keyed, and another for each row of a person: nobody reads whose it is, nor which are one's.
    mark = models.CharField(max_length=64, db_index=True)
    #: Person, session, kind of device and the week of signing in, under a key outside.
    inside = models.TextField()
    seen = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"{self.pk}"
