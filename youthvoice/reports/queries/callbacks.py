"""What askers said when they were asked back, and what the staff asked for others."""

from datetime import datetime

from django.db.models import Exists, Value
from django.db.models.expressions import Combinable


def is_staff_asked() -> Exists | Combinable:
    return Value(False)


def was_asked(*, at: datetime) -> Exists | Combinable:
    return Value(False)


def stars(*, until: datetime) -> Combinable:
    """The latest rating, of one question, that was given before `until`; null without one."""
    return Value(None)
