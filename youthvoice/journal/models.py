"""Entries, each carrying the hash of the one before, and the head of the chain."""

import hashlib
import json
from datetime import UTC
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

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
