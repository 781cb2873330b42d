"""Reading: the judges' lists, what somebody is told of their own, and the public figures."""

from youthvoice.moderation.queries.figures import Figures, figures, lines
from youthvoice.moderation.queries.lists import (
    LISTS,
    acts_for,
    find,
    find_for_author,
    hidden_of,
    queue,
    reports_by,
    reports_of,
    told,
    waiting_count,
    with_words,
)

__all__ = [
    "LISTS",
    "Figures",
    "acts_for",
    "figures",
    "find",
    "find_for_author",
    "hidden_of",
    "lines",
    "queue",
    "reports_by",
    "reports_of",
    "told",
    "waiting_count",
    "with_words",
]
