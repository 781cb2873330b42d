"""Once a day: what the house need not keep any longer."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from youthvoice.clock.models import Step
from youthvoice.journal.actions import record
from youthvoice.kit import retention
from youthvoice.yours.actions.exporting import remove_exports
from youthvoice.yours.models import Export

#: A file that no row names is a crash's; one that is just being made has its row.
_STRAY = timedelta(days=1)


def purge(*, at: datetime) -> dict[str, int]:
    """Purge everything that apps keep for a time only, and record how much of each went."""
    gone = retention.purge(at=at)
    with transaction.atomic():
        record("house.purged", subject=Step(name="yours.purge"), actor=None, at=at, data=gone)
    return gone


def purge_exports(*, at: datetime) -> int:
    """Packets that nobody took in time, and files of rows that are gone."""
    over = Export.objects.filter(ends_at__lte=at).order_by("pk")[: retention.MOST]
    gone = remove_exports(over.iterator(chunk_size=retention.CHUNK))
    for path in Path(settings.EXPORTS_ROOT).glob("*.zip"):
        age = at.timestamp() - path.stat().st_mtime
        if age > _STRAY.total_seconds() and not Export.objects.filter(name=path.stem).exists():
            path.unlink(missing_ok=True)
            gone += 1
    return gone
