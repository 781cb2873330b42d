from django.db import models


class Changed(models.Model):
    """That something of which the journal says nothing happened to a question since it was last
    counted. A row for each time, and not one a question: two at once would wait for each other,
    and a run that counts before the second is committed must not take away its note."""

    question = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.question}"


class Counted(models.Model):
    """What a question counts for in the sums, and when it would count for something else though
    nobody touches it. By its number, for it stands on a floor above."""

    question = models.BigIntegerField(primary_key=True)
    #: The number of each `group|key`.
    keys = models.JSONField()
    again_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["again_at", "question"],
                name="counts_again",
                condition=models.Q(again_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.keys}"


class Sum(models.Model):
    """What all questions count for together under one key of a group; no row where nothing."""

    pk = models.CompositePrimaryKey("group", "key")
    group = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    value = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.group}|{self.key}: {self.value}"


class Kept(models.Model):
    """What is made of the sums of one group, ready to be shown."""

    name = models.CharField(max_length=80, primary_key=True)
    #: Since the sums moved it is to be made anew.
    is_stale = models.BooleanField(default=True)
    #: From when it is; null until it was made first.
    at = models.DateTimeField(null=True)
    value = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["name"], name="counts_stale", condition=models.Q(is_stale=True))
        ]

    def __str__(self) -> str:
        return self.name


class Note(models.Model):
    """That a question was counted anew, for a step of the clock that looks at such ones alone
    and takes the note away once it has. A row for each time, as of `Changed`."""

    reader = models.CharField(max_length=40)
    question = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["reader", "id"], name="counts_notes")]

    def __str__(self) -> str:
        return f"{self.reader}: {self.question}"
