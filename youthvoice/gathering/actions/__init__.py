"""All writes to what is handled together, and to what might be."""

from youthvoice.gathering.actions.gathering import gather, set_apart
from youthvoice.gathering.actions.losing import (
    look_at_noted,
    note_touched,
    tell_also,
    unmerge_lost,
)
from youthvoice.gathering.actions.merging import (
    forget,
    left_lead,
    let_go_of,
    merge,
    note_asked,
    note_unasked,
    tell_merged,
    unmerge,
)
from youthvoice.gathering.actions.topics import (
    PUT_MOST,
    UnableToMakeTopic,
    add_to_topic,
    make_topic,
    remove_from_topic,
)

__all__ = [
    "PUT_MOST",
    "UnableToMakeTopic",
    "add_to_topic",
    "forget",
    "gather",
    "left_lead",
    "let_go_of",
    "look_at_noted",
    "make_topic",
    "merge",
    "note_asked",
    "note_touched",
    "note_unasked",
    "remove_from_topic",
    "set_apart",
    "tell_also",
    "tell_merged",
    "unmerge",
    "unmerge_lost",
]
