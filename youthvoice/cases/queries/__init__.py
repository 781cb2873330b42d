"""Reading cases: who holds what, what waits, and by when."""

from youthvoice.cases.queries.access import access_desk, cases_of, works_on
from youthvoice.cases.queries.advice import advised_bodies
from youthvoice.cases.queries.chains import (
    NOTICES_SHOWN,
    empty_places,
    may_remind,
    notices_for,
    notices_on,
    reminders_of,
)
from youthvoice.cases.queries.lanes import LANES_SHOWN, lanes_of, lanes_with_holders
from youthvoice.cases.queries.routes import NoRoute, holder_for, owner_by_table, owner_put_right
from youthvoice.cases.queries.trails import STEPS_SHOWN, told_as_answered, trail_of

__all__ = [
    "LANES_SHOWN",
    "NOTICES_SHOWN",
    "STEPS_SHOWN",
    "NoRoute",
    "access_desk",
    "advised_bodies",
    "cases_of",
    "empty_places",
    "holder_for",
    "lanes_of",
    "lanes_with_holders",
    "may_remind",
    "notices_for",
    "notices_on",
    "owner_by_table",
    "owner_put_right",
    "reminders_of",
    "told_as_answered",
    "trail_of",
    "works_on",
]
