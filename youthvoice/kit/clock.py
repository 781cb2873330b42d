"""The one place that asks what time it is; everything else is told (`at=`)."""

from datetime import datetime, time

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def start_of_day(at: datetime) -> datetime:
    """Midnight of its day, by the house's clock."""
    return timezone.make_aware(datetime.combine(timezone.localdate(at), time.min))


def start_of_month(at: datetime) -> datetime:
    return start_of_day(at).replace(day=1)
