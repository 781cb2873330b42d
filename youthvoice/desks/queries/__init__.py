"""Reading for the staff: what waits at each body, and what is one's own."""

from youthvoice.desks.queries.late import mark_late, mark_notices
from youthvoice.desks.queries.own import own_list, own_tabs
from youthvoice.desks.queries.queues import desk_of, desks, queue, shows_of, waiting_count

__all__ = [
    "desk_of",
    "desks",
    "mark_late",
    "mark_notices",
    "own_list",
    "own_tabs",
    "queue",
    "shows_of",
    "waiting_count",
]
