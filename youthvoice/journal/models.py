"""Entries, each carrying the hash of the one before, and the head of the chain; and by what
the rows of other apps bear witness to entries."""

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from youthvoice.kit.labels import Labelled

#: What the first entry carries in place of a hash before it.
GENESIS = "0" * 64


class Entry(models.Model):
    """One act. Never changed and never deleted; no words of people are kept in it.

    `actor` is a person's number without a foreign key: erasing the person leaves the
    entry and takes its meaning. It is null for acts of people without a name.
    """

    seq = models.BigIntegerField(_("序号"), primary_key=True)
    at = models.DateTimeField(_("时间"))
    verb = models.CharField(_("动作"), max_length=60)
    subject = models.CharField(_("对象"), max_length=80)
    actor = models.BigIntegerField(_("操作人编号"), null=True)
    data = models.JSONField(_("数据"), default=dict)
    prev_hash = models.CharField(_("前一条的散列"), max_length=64)
    hash = models.CharField(_("散列"), max_length=64)

    class Meta:
        verbose_name = _("日志")
        verbose_name_plural = _("日志")
        indexes = [
            models.Index(fields=["subject", "seq"]),
            models.Index(fields=["verb", "seq"]),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.subject}"

    def digest(self) -> str:
        """SHA-256 over the entry's content and the hash before it, in lower-case hex.

        The sequence number stays out: it follows from the chain, so that the check can
        tell a changed entry (its own hash fails) from one that was moved (the link fails).
        """
        content: list[Any] = [
            self.prev_hash,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.verb,
            self.subject,
            self.actor,
            self.data,
        ]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


class Head(models.Model):
    """The one row that says where the chain ends; also the lock that keeps it one chain."""

    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="journal_one_head")]

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


@dataclass(frozen=True)
class Trace:
    """What an entry leaves in another table: each row of a model that names it in its `traces`
    must have its entry. So whoever cuts the journal's end off is told of by the rows.
    """

    #: One of these is the entry's verb.
    verbs: tuple[str, ...]
    #: The column that keeps the entry's moment; rows in which it is empty leave no trace.
    at: str = ""
    #: The way to the row that the entry names, if it isn't this row itself.
    subject: str = ""
    #: Which rows leave the trace.
    only: models.Q = field(default_factory=models.Q)
    #: Where in the entry's data the commitment to the row's words stands, or a list with it, if
    #: it accepted them; of several entries the last one counts.
    words: str = ""
    #: Which columns those words are, if not all of the row's.
    columns: tuple[str, ...] = ()
    #: What the entry says of the row besides: a place in its data, and the column.
    says: tuple[tuple[str, str], ...] = ()


def new_salt() -> str:
    return secrets.token_hex(16)


#: Where in an entry's data the commitment to the words of its row stands.
SAID = "commitment"


class Worded(Labelled, models.Model):
    """Words that people wrote, and the salt of the commitment by which an entry holds them.

    The commitment in the journal tells nothing of the words to whoever has not the salt. So the
    salt goes where the words go, and is gone, for good, when they are.
    """

    #: The columns that hold them; one that a table hasn't counts as empty.
    words: ClassVar[tuple[str, ...]] = ("title", "text")

    salt = models.CharField(max_length=32, default=new_salt, editable=False)

    class Meta:
        abstract = True

    def said(self, *columns: str) -> list[str]:
        return [getattr(self, name, "") for name in columns or self.words]

    def commitment(self, *columns: str) -> str:
        """HMAC-SHA256, under the salt as it is written, of the words (or of these columns alone)
        as a list in JSON; in lower-case hex."""
        said = self.said(*columns)
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        return hmac.digest(self.salt.encode(), text.encode(), "sha256").hex()
