"""What a question counts for at the desks of those who owe it something (`counts`)."""

from datetime import datetime, timedelta

from youthvoice.counts.registry import Share
from youthvoice.desks.queries.queues import waiting_lanes

#: After the moment itself.
_TICK = timedelta(milliseconds=1)


def count(shares: dict[int, Share], *, at: datetime) -> None:
    rows = waiting_lanes().filter(case__question__in=shares)
    told = ("case__question", "holder", "due_at", "case__waiting_since")
    for number, holder, due_at, since in rows.values_list(*told):
        share = shares[number]
        share.add("desk", f"{holder}:waiting")
        # By the minute, as a key that sorts as it is.
        share.add(f"since:{holder}", f"{int(since.timestamp()) // 60:012}")
        if due_at < at:
            share.add("desk", f"{holder}:late")
        share.until(due_at + _TICK)
