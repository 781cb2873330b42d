"""What helpers noted of somebody who leaves goes with their words."""

from collections.abc import Sequence
from datetime import datetime

from youthvoice.crisis.models import LogLine
from youthvoice.kit.holdings import Leaver


def erase_notes(leavers: Sequence[Leaver], *, at: datetime) -> None:
    people = [leaver.pk for leaver in leavers]
    LogLine.objects.filter(record__question__author__in=people).update(note="", salt="")
