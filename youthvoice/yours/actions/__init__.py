"""All writes to exports and leaving, one verb a file."""

from youthvoice.yours.actions.erasing import erase_due
from youthvoice.yours.actions.exporting import (
    UnableToTake,
    ask_export,
    make_export,
    remove_exports,
    take_export,
)
from youthvoice.yours.actions.leaving import (
    UnableToLeave,
    UnableToStay,
    erase_again,
    leave,
    stay,
)
from youthvoice.yours.actions.purging import purge, purge_exports
from youthvoice.yours.actions.scrubbing import rewrite_tonight, scrub

__all__ = [
    "UnableToLeave",
    "UnableToStay",
    "UnableToTake",
    "ask_export",
    "erase_again",
    "erase_due",
    "leave",
    "make_export",
    "purge",
    "purge_exports",
    "remove_exports",
    "rewrite_tonight",
    "scrub",
    "stay",
    "take_export",
]
