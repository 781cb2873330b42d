"""How a body in which nobody has an account takes part: a link, and a code that opens it once."""

from django.db import models

from youthvoice.cases.models.hop import Hop


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

    def __str__(self) -> str:
        return f"code of hop {self.hop_id}"
