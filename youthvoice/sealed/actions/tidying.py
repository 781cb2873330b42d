"""What time ends: openings that nobody finished, and records past their days."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from youthvoice.journal.actions import record
from youthvoice.orgs.queries import province_committee
from youthvoice.sealed.choices import RUNNING, State
from youthvoice.sealed.models import Opening, Record

#: So many records go in one transaction; the next run takes the rest.
_BATCH = 1000


def tidy(*, at: datetime) -> None:
    lapse_due(at=at)
    purge(at=at)


def lapse_due(*, at: datetime) -> None:
    """End the openings whose time is over; a removed layer is forgotten with them."""
    due = Opening.objects.filter(state__in=RUNNING, lapses_at__lte=at).defer("inner")
    for opening in due[:_BATCH]:
        with transaction.atomic():
            rows = Opening.objects.filter(pk=opening.pk, state__in=RUNNING)
            if rows.update(state=State.LAPSED, inner=None):
                data = {"question": opening.question}
                record("sealed.lapsed", subject=opening, actor=None, at=at, data=data)


def purge(*, at: datetime) -> int:
    """Delete records older than SEALED_DAYS, but for those being opened; gives how many."""
    before = timezone.localdate(at) - timedelta(days=settings.SEALED_DAYS)
    running = Opening.objects.filter(state__in=RUNNING).values("question")
    old = Record.objects.filter(sealed_on__lt=before).exclude(question__in=running)
    with transaction.atomic():
        pks = list(old.values_list("pk", flat=True)[:_BATCH])
        gone, _ = Record.objects.filter(pk__in=pks).delete()
        # The entry needs something to be about: the house's own committee.
        house = province_committee()
        if gone and house is not None:
            record("sealed.purged", subject=house, actor=None, at=at, data={"records": gone})
    return gone
