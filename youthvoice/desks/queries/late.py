"""What is late and was told to whoever looks, at the rows where it stands."""

from collections.abc import Sequence
from datetime import datetime

from youthvoice.cases.models import Lane
from youthvoice.cases.queries import notices_on
from youthvoice.people.models import User


def mark_late(lanes: Sequence[Lane], person: User, *, at: datetime) -> None:
    """Give each lane its `notice`, None where there is none. One query, where any is late."""
    late = [lane for lane in lanes if lane.is_running and lane.due_at <= at]
    found = notices_on(late, person, at=at) if late else {}
    for lane in lanes:
        lane.notice = found.get(lane.pk)  # type: ignore[attr-defined]
