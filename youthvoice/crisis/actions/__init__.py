"""All writes to crisis records, one verb a file."""

from youthvoice.crisis.actions.ending import (
    UnableToEnd,
    call_false_alarm,
    close_record,
    publish_question,
)
from youthvoice.crisis.actions.erasing import erase_notes
from youthvoice.crisis.actions.forgetting import forget_false_alarms
from youthvoice.crisis.actions.helping import UnableToHelp, add_line
from youthvoice.crisis.actions.objecting import UnableToObject, object_to
from youthvoice.crisis.actions.opening import look_at
from youthvoice.crisis.actions.raising import raise_unread
from youthvoice.crisis.actions.reading import note_reading, note_words_given
from youthvoice.crisis.actions.telling import send_notices

__all__ = [
    "UnableToEnd",
    "UnableToHelp",
    "UnableToObject",
    "add_line",
    "call_false_alarm",
    "close_record",
    "erase_notes",
    "forget_false_alarms",
    "look_at",
    "note_reading",
    "note_words_given",
    "object_to",
    "publish_question",
    "raise_unread",
    "send_notices",
]
