from django.db import models

from youthvoice.reads.choices import Audience


class Mark(models.Model):
    """That a visitor has read a target in an hour; kept only until the hour is over."""

    target = models.CharField(max_length=40)
    #: Whole hours since 1970.
    hour = models.IntegerField()
    #: A keyed hash; the key changes daily and is forgotten, so it leads back to nobody.
    visitor = models.BinaryField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hour", "target", "visitor"], name="reads_once_an_hour")
        ]

    def __str__(self) -> str:
        return f"{self.target} @{self.hour}"


class Count(models.Model):
    """How often a target was read in an hour by an audience; what anyone may recount from."""

    target = models.CharField(max_length=40)
    hour = models.IntegerField()
    audience = models.CharField(max_length=1, choices=Audience)
    reads = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["target", "hour", "audience"], name="reads_one_count")
        ]

    def __str__(self) -> str:
        return f"{self.target} @{self.hour} {self.audience}: {self.reads}"


class Total(models.Model):
    """All hours of a target together; target `all` is the whole site."""

    target = models.CharField(max_length=40)
    audience = models.CharField(max_length=1, choices=Audience)
    reads = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["target", "audience"], name="reads_one_total")
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.audience}: {self.reads}"


class Salt(models.Model):
    """The day's random key for visitors' hashes, shared by all processes; yesterday's goes."""

    day = models.DateField(primary_key=True)
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.day)
