"""Reading cases: who holds what, what waits, and by when."""

from youthvoice.cases.queries.access import access_desk
from youthvoice.cases.queries.chains import NOTICES_SHOWN, empty_places, notices_for
from youthvoice.cases.queries.desks import desk_of, desks, of_person, queue, shows_of, waiting_count
from youthvoice.cases.queries.exclusions import excluded, exclusion_of, exclusions_waiting
from youthvoice.cases.queries.lanes import LANES_SHOWN, lanes_of
from youthvoice.cases.queries.own import own_list, own_tabs
from youthvoice.cases.queries.routes import NoRoute, holder_for
from youthvoice.cases.queries.trails import STEPS_SHOWN, trail_of

__all__ = [
    "LANES_SHOWN",
    "NOTICES_SHOWN",
    "STEPS_SHOWN",
    "NoRoute",
    "access_desk",
    "desk_of",
    "desks",
    "empty_places",
    "excluded",
    "exclusion_of",
    "exclusions_waiting",
    "holder_for",
    "lanes_of",
    "notices_for",
    "of_person",
    "own_list",
    "own_tabs",
    "queue",
    "shows_of",
    "trail_of",
    "waiting_count",
]
