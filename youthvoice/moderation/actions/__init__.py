"""All writes of moderation, one verb a file."""

from youthvoice.moderation.actions.appealing import (
    UnableToAppeal,
    appeal,
    decide_appeal,
)
from youthvoice.moderation.actions.deciding import dismiss, hide, pass_on
from youthvoice.moderation.actions.erasing import Erased, erase_people, erase_sayings
from youthvoice.moderation.actions.keeping import close_gone, note_left, place_anew
from youthvoice.moderation.actions.problem import UnableToDecide
from youthvoice.moderation.actions.reporting import UnableToReport, flag, report
from youthvoice.moderation.actions.undoing import undo

__all__ = [
    "Erased",
    "UnableToAppeal",
    "UnableToDecide",
    "UnableToReport",
    "appeal",
    "close_gone",
    "decide_appeal",
    "dismiss",
    "erase_people",
    "erase_sayings",
    "flag",
    "hide",
    "note_left",
    "pass_on",
    "place_anew",
    "report",
    "undo",
]
