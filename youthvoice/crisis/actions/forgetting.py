from datetime import datetime, timedelta

from youthvoice.crisis.choices import State
from youthvoice.crisis.models import Record

#: How long a false alarm still knows its question, so that the same words don't ring again.
KEPT = timedelta(days=30)


def forget_false_alarms(*, at: datetime) -> int:
    """Of a false alarm stays that there was one. Gives how many were cut loose."""
    old = Record.objects.filter(state=State.FALSE_ALARM, ended_at__lte=at - KEPT)
    old = old.exclude(question=None)
    return old.update(question=None, answer=None, comment=None, signs=[])
