"""What was erased, whoever erased it, leaves the files of the database as well.

By receipt, by the account, one's own words taken back, notes, replies, letters, codes, what was
kept for a time: none of these need know of it. The steps come round and leave nothing behind.
"""

from datetime import datetime

from django.utils import timezone

from youthvoice.kit import scrubbing

#: The hour of the night, by the house's clock, in which the file is written anew.
NIGHT_HOUR = 4


def scrub(*, at: datetime) -> None:
    """Raises scrubbing.StillRead while somebody reads what was; the next run tries again."""
    scrubbing.scrub_changed()


def rewrite_tonight(*, at: datetime) -> bool:
    """Whether it is the hour, and the file was written anew. Raises NoRoom, StillRead."""
    if timezone.localtime(at).hour != NIGHT_HOUR:
        return False
    scrubbing.rewrite()
    return True
