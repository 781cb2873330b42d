"""What an asker lets other bodies see of what they wrote."""

from django.db import models

from youthvoice.cases.models.case import Case


class NumbersRelease(models.Model):
    """Letters to other bodies may show the telephone and the like that stand in the question.

    The row is the release: taking it back deletes it, and so do hiding, taking back and
    erasing the words.
    """

    case = models.OneToOneField(Case, models.CASCADE, related_name="numbers_release")
    #: Of a nameless asker only the day, as its midnight.
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"numbers of {self.case_id}"
