"""Bodies in which nobody has an account: a letter's link and code, its mail, and what it shows."""

from datetime import datetime

from django.db import models

from youthvoice.cases.models import Case, Hop
from youthvoice.journal.models import Trace
from youthvoice.outside.choices import REMEDIES, MailKind, MailState, NotSent


class OutsideCode(models.Model):
    """The link and the code of one hop; a new one takes the place of the one before.

    Neither is anywhere but in the letter: here stand digests.
    """

    hop = models.OneToOneField(Hop, models.CASCADE, related_name="outside_code")
    #: SHA-256 of what stands in the link.
    token_digest = models.BinaryField(max_length=32, unique=True)
    #: HMAC of the code under a key outside the database.
    code_digest = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    #: The code opens once; whoever opened it goes on with the session of their browser.
    used_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    traces = (Trace(("case.code_used",), at="used_at", subject="hop"),)

    def __str__(self) -> str:
        return f"code of hop {self.hop_id}"


class Mailing(models.Model):
    """A mail of a letter, or of its code, tried until it is away.

    It holds no address, no link and no code: those are put in as it is sent.
    """

    hop = models.ForeignKey(Hop, models.CASCADE, related_name="mailings")
    kind = models.CharField(max_length=10, choices=MailKind, default=MailKind.LETTER)
    state = models.CharField(max_length=10, choices=MailState, default=MailState.WAITING)
    #: Of a letter: its code goes after it in a mail of its own, not by telephone.
    code_follows = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    #: When it is tried next; null during its last try, and once it has ended.
    next_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    tries = models.SmallIntegerField(default=0)
    #: When it went, or was given up.
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=10, choices=NotSent, blank=True, default="")

    traces = (
        Trace(("case.letter_ordered",), at="made_at", only=models.Q(kind=MailKind.LETTER)),
        Trace(("case.letter_mailed",), at="ended_at", only=models.Q(state=MailState.SENT)),
        Trace(("case.letter_not_mailed",), at="ended_at", only=models.Q(state=MailState.FAILED)),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hop"],
                condition=models.Q(state=MailState.WAITING),
                name="outside_one_mail_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state=MailState.WAITING) ^ models.Q(ended_at__isnull=False),
                name="outside_ended_mail_has_its_end",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at", "id"],
                name="outside_mails_waiting",
                condition=models.Q(state=MailState.WAITING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of hop {self.hop_id}: {self.state}"

    @property
    def remedy(self) -> str:
        return str(REMEDIES.get(NotSent(self.why), "")) if self.why else ""


class NumbersRelease(models.Model):
    """Letters to other bodies may show the telephone and the like that stand in the question.

    The row is the release: taking it back deletes it, and so do hiding, taking back and
    erasing the words.
    """

    case = models.OneToOneField(Case, models.CASCADE, related_name="numbers_release")
    #: Of a nameless asker only the day, as its midnight.
    said_at = models.DateTimeField()

    traces = (Trace(("case.numbers_released",), at="said_at", subject="case"),)

    def __str__(self) -> str:
        return f"numbers of {self.case_id}"
