from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from youthvoice.workdays import queries
from youthvoice.workdays.models import DayOverride, EnteredYear


@receiver(post_save, sender=EnteredYear)
@receiver(post_delete, sender=EnteredYear)
@receiver(post_save, sender=DayOverride)
@receiver(post_delete, sender=DayOverride)
def on_override(**kwargs: Any) -> None:
    """Now, for who reads on in this transaction; and again once others can see the row, for
    somebody may have read the old rows meanwhile."""
    queries.forget_calendar()
    transaction.on_commit(queries.forget_calendar)
