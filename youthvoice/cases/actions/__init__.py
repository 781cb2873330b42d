"""All writes to cases: what follows from questions, and what staff do."""

from youthvoice.cases.actions.asking_back import ask_back, note_comment
from youthvoice.cases.actions.claiming import claim, release
from youthvoice.cases.actions.escalating import escalate_due
from youthvoice.cases.actions.following import (
    note_answer,
    note_deleted,
    note_outcome,
    put_aside,
    take_up_again,
)
from youthvoice.cases.actions.gathering import gather, set_apart
from youthvoice.cases.actions.handing import give_back, transfer
from youthvoice.cases.actions.merging import merge, unmerge, unmerge_lost
from youthvoice.cases.actions.moving import SomebodyWasFirst, UnableToMove
from youthvoice.cases.actions.opening import open_case
from youthvoice.cases.actions.outside import (
    LINK_DAYS,
    Tried,
    issue_code,
    reply_outside,
    return_outside,
    sign_outside,
    use_code,
)
from youthvoice.cases.actions.referring import refer, return_lane, sign, withdraw
from youthvoice.cases.actions.reminding import purge_notices, send_reminders, tick_off
from youthvoice.cases.actions.routes import load_routes

__all__ = [
    "LINK_DAYS",
    "SomebodyWasFirst",
    "Tried",
    "UnableToMove",
    "ask_back",
    "claim",
    "escalate_due",
    "gather",
    "give_back",
    "issue_code",
    "load_routes",
    "merge",
    "note_answer",
    "note_comment",
    "note_deleted",
    "note_outcome",
    "open_case",
    "purge_notices",
    "put_aside",
    "refer",
    "release",
    "reply_outside",
    "return_lane",
    "return_outside",
    "send_reminders",
    "set_apart",
    "sign",
    "sign_outside",
    "take_up_again",
    "tick_off",
    "transfer",
    "unmerge",
    "unmerge_lost",
    "use_code",
    "withdraw",
]
