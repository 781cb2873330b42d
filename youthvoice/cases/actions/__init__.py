"""All writes to cases: what follows from questions, and what staff do."""

from youthvoice.cases.actions.asking_back import ask_back, note_comment
from youthvoice.cases.actions.claiming import claim, release
from youthvoice.cases.actions.excluding import (
    UnableToExclude,
    confirm_exclusion,
    end_exclusion,
    propose_exclusion,
)
from youthvoice.cases.actions.first_reply import note_replies
from youthvoice.cases.actions.following import (
    note_answer,
    note_deleted,
    note_outcome,
    put_aside,
    take_up_again,
)
from youthvoice.cases.actions.handing import give_back, transfer
from youthvoice.cases.actions.moving import SomebodyWasFirst, UnableToMove
from youthvoice.cases.actions.opening import open_case
from youthvoice.cases.actions.referring import refer, return_lane, sign, withdraw
from youthvoice.cases.actions.routes import load_routes

__all__ = [
    "SomebodyWasFirst",
    "UnableToExclude",
    "UnableToMove",
    "ask_back",
    "claim",
    "confirm_exclusion",
    "end_exclusion",
    "give_back",
    "load_routes",
    "note_answer",
    "note_comment",
    "note_deleted",
    "note_outcome",
    "note_replies",
    "open_case",
    "propose_exclusion",
    "put_aside",
    "refer",
    "release",
    "return_lane",
    "sign",
    "take_up_again",
    "transfer",
    "withdraw",
]
