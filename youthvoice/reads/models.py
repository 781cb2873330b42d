from django.db import models

from youthvoice.reads.choices import Audience


class Mark(models.Model):
    """That a visitor has read a target in an hour; kept only until the hour is over.

    No two marks of a visitor have anything in common: see `visitors.mark_of`.
    """

    mark = models.BinaryField(primary_key=True, max_length=16)
    #: Whole hours since 1970.
    hour = models.IntegerField(db_index=True)

    def __str__(self) -> str:
        return f"a read @{self.hour}"


class Count(models.Model):
    """How often a target was read in an hour by an audience; what anyone may recount from.

    Neither this nor the totals have a number: it would tell what was read after what.
    """

    pk = models.CompositePrimaryKey("target", "hour", "audience")
    target = models.CharField(max_length=40)
    hour = models.IntegerField()
    audience = models.CharField(max_length=1, choices=Audience)
    reads = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.target} @{self.hour} {self.audience}: {self.reads}"


class Total(models.Model):
    """All hours of a target together; target `all` is the whole site."""

    pk = models.CompositePrimaryKey("target", "audience")
    target = models.CharField(max_length=40)
    audience = models.CharField(max_length=1, choices=Audience)
    reads = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.target} {self.audience}: {self.reads}"
