from datetime import datetime

from youthvoice.clock.choices import WORKER
from youthvoice.clock.models import Heartbeat


def seconds_silent(name: str = WORKER, *, at: datetime) -> float | None:
    """How long ago a process was last heard; None if never."""
    row = Heartbeat.objects.filter(name=name).first()
    return (at - row.at).total_seconds() if row else None
