"""The one place that asks what time it is; everything else is told (`at=`).

What is drawn to be kept asks, too, how long it will read the same (`watched`): a minute, where
anybody asked what time it is, or longer, where all who asked say how long their words stand.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.utils import timezone

_MINUTE = timedelta(minutes=1)


class Watch(threading.local):
    """What this thread draws, if that is watched."""

    is_on = False
    #: Until when all that was drawn reads the same; None if for ever.
    until: datetime | None = None


_watch = Watch()


def now() -> datetime:
    at = timezone.now()
    if _watch.is_on:
        stands_until(at + _MINUTE)
    return at


def glance() -> datetime:
    """Now, for who says by `stands_until` how long what they make of it stands."""
    was, _watch.is_on = _watch.is_on, False
    try:
        return now()
    finally:
        _watch.is_on = was


def today() -> date:
    """The day, for what stands until it is over."""
    at = timezone.localtime(glance())
    stands_until(end_of_day(at.date()))
    return at.date()


def stands_until(at: datetime) -> None:
    if _watch.is_on and (_watch.until is None or at < _watch.until):
        _watch.until = at


@contextmanager
def watched() -> Iterator[Watch]:
    """Note, in this thread, until when what is drawn meanwhile reads the same."""
    _watch.is_on, _watch.until = True, None
    try:
        yield _watch
    finally:
        _watch.is_on = False


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
