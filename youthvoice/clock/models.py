from django.db import models


class Step(models.Model):
    """A step that comes round: when it last ran and whether it went well."""

    name = models.CharField(max_length=60, primary_key=True)
    last_run_at = models.DateTimeField(null=True)
    #: The class of the error, or empty; the log has the rest.
    last_error = models.CharField(max_length=120, default="")
    failures = models.IntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """One row a process that must be alive."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at}"
