from django.db import models


class Count(models.Model):
    """How often something was done by whom the key stands for, until the minute it ends.

    The key is an HMAC over what and who: a copy of the table names nobody and doesn't even
    say what was counted. Whole minutes, so that no row tells when exactly somebody wrote.
    """

    key = models.BinaryField(primary_key=True, max_length=32)
    used = models.IntegerField()
    #: Minutes since 1970.
    ends = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.used} until {self.ends}"
