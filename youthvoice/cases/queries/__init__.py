"""Reading cases: who holds what, what waits, and by when."""

from youthvoice.cases.queries.desks import desk_of, desks, queue, shows_of, waiting_count
from youthvoice.cases.queries.exclusions import excluded, exclusion_of, exclusions_waiting
from youthvoice.cases.queries.routes import NoRoute, holder_for
from youthvoice.cases.queries.trails import STEPS_SHOWN, trail_of

__all__ = [
    "STEPS_SHOWN",
    "NoRoute",
    "desk_of",
    "desks",
    "excluded",
    "exclusion_of",
    "exclusions_waiting",
    "holder_for",
    "queue",
    "shows_of",
    "trail_of",
    "waiting_count",
]
