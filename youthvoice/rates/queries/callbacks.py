"""What askers said when they were asked back, and what the staff asked for others."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery

from youthvoice.callbacks.models import Callback
from youthvoice.desks.models import OnBehalf


def is_staff_asked() -> Exists:
    return Exists(OnBehalf.objects.filter(question=OuterRef("pk")))


def was_asked(*, at: datetime) -> Exists:
    return Exists(Callback.objects.filter(case=OuterRef("case"), opened_at__lt=at))


def stars(*, until: datetime) -> Subquery:
    """The latest rating of a question that was given before `until`; null without one."""
    rows = Callback.objects.filter(case=OuterRef("case"), satisfied__isnull=False)
    latest = rows.filter(answered_at__lt=until).order_by("-round", "-day")
    return Subquery(latest.values("satisfied")[:1])
