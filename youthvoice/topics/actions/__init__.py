"""All writes to topics: the topics themselves, what is in them, and what they count."""

from youthvoice.topics.actions.counting import (
    COUNTED,
    count_anew,
    follow_up,
    note_activity,
    topics_of,
)
from youthvoice.topics.actions.opening import (
    UnableToClose,
    UnableToOpen,
    close_topic,
    make_topic,
    reopen_topic,
)
from youthvoice.topics.actions.tagging import (
    TOPICS_MOST,
    UnableToTag,
    put_into_topic,
    take_out_of_topic,
)

__all__ = [
    "COUNTED",
    "TOPICS_MOST",
    "UnableToClose",
    "UnableToOpen",
    "UnableToTag",
    "close_topic",
    "count_anew",
    "follow_up",
    "make_topic",
    "note_activity",
    "put_into_topic",
    "reopen_topic",
    "take_out_of_topic",
    "topics_of",
]
