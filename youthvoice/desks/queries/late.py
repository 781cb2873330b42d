"""What is late and was told to whoever looks, at the rows where it stands."""

from collections.abc import Sequence
from datetime import datetime

from youthvoice.cases import policy as cases_policy
from youthvoice.cases.models import Lane, Notice
from youthvoice.cases.queries import notices_on, reminders_of
from youthvoice.people.models import User


def mark_late(lanes: Sequence[Lane], person: User, *, at: datetime, below: bool = False) -> None:
    """Give each lane its `notice` and its last `reminder`, None where there is none; and
    `is_over`, whether the person may step in from a list of what is `below`.

    Two queries, where any is late.
    """
    late = [lane for lane in lanes if lane.is_running and lane.due_at <= at]
    told = notices_on(late, person, at=at) if late else {}
    _add_reminders(late)
    for lane in lanes:
        lane.notice = told.get(lane.pk)  # type: ignore[attr-defined]
        if below and lane in late:
            # What is below is its holder's own.
            lane.case.holder = lane.holder
            is_over = cases_policy.steps_in(person, lane.case) is not None
            lane.is_over = is_over  # type: ignore[attr-defined]


def mark_notices(notices: Sequence[Notice], person: User) -> None:
    """The same for what stands by itself. One query, where there is any."""
    _add_reminders([notice.lane for notice in notices])
    for notice in notices:
        is_over = cases_policy.steps_in(person, notice.lane.case) is not None
        notice.is_over = is_over  # type: ignore[attr-defined]


def _add_reminders(lanes: Sequence[Lane]) -> None:
    said = reminders_of(lanes) if lanes else {}
    for lane in lanes:
        lane.reminder = said.get(lane.pk)  # type: ignore[attr-defined]
