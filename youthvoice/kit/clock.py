"""The one place that asks what time it is; everything else is told (`at=`)."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def start_of_day(at: datetime) -> datetime:
    """Midnight of its day, by the house's clock."""
    return timezone.make_aware(datetime.combine(timezone.localdate(at), time.min))


def week_of(at: datetime) -> date:
    """Its Monday, by the house's clock."""
    day = timezone.localdate(at)
    return day - timedelta(days=day.weekday())


def start_of_month(at: datetime) -> datetime:
    return start_of_day(at).replace(day=1)


def end_of_day(day: date) -> datetime:
    """The midnight that ends it, by the house's clock."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
