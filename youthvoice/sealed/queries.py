"""Reading openings, and telling the asker."""

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from youthvoice.kit import paging
from youthvoice.sealed.keyfiles import id_of
from youthvoice.sealed.models import Opening


def openings() -> QuerySet[Opening]:
    rows = Opening.objects.select_related("record", "asked_by", "decided_by")
    return rows.defer("inner", "record__box")


def page_of_openings(*, after: str) -> paging.Page[Opening]:
    return paging.page(openings(), key=paging.by_time("asked_at"), after=after)


def told(question: int, *, at: datetime) -> list[Opening]:
    """The openings that the asker is told of: those done, unless a court forbids it still."""
    rows = Opening.objects.filter(question=question, told_from__lte=timezone.localdate(at))
    return list(rows.defer("inner").order_by("opened_at", "pk"))


def key_ids() -> list[str]:
    """The ids of the two public keys that are sealed with now; none while sealing is off."""
    return [id_of(key) for key in settings.SEALED_KEYS] if settings.SEALED_RECORDS else []
