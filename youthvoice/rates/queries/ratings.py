"""What the rates are reckoned from: each asking back, answered or not."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from youthvoice.callbacks.models import Callback
from youthvoice.desks.models import OnBehalf


def asked_back(*, since: datetime, until: datetime) -> "QuerySet[Callback]":
    """Every call-back opened from `since` until before `until`, the first first.

    Of each: `case` with its question and holder, `day`, `round`, `answered_at` (None is
    silence, which is a class of its own), `solved`, `satisfied`, and `is_staff_asked`:
    those stand apart in every rate. Of a merged question `lead` is the one whose answer was
    asked about; it counts in no rate while it hangs on that. Imported, hidden and withheld
    questions are never asked about. One query.
    """
    written = OnBehalf.objects.filter(question=OuterRef("case__question"))
    rows = Callback.objects.filter(opened_at__gte=since, opened_at__lt=until)
    rows = rows.select_related("case__question__region", "case__holder")
    return rows.annotate(is_staff_asked=Exists(written)).order_by("opened_at", "pk")
