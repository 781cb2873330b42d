"""All writes to cases: what follows from questions, and what staff do."""

from youthvoice.cases.actions.asking_back import ask_back, note_comment, note_supplement
from youthvoice.cases.actions.claiming import claim, release
from youthvoice.cases.actions.escalating import escalate_due
from youthvoice.cases.actions.handing import give_back, transfer
from youthvoice.cases.actions.mail_to_staff import purge_notices, send_reminders, tick_off
from youthvoice.cases.actions.moving import SomebodyWasFirst, UnableToMove
from youthvoice.cases.actions.on_news import (
    note_answer,
    note_deleted,
    note_gone,
    note_outcome,
    note_shown,
    put_aside,
    take_up_again,
)
from youthvoice.cases.actions.opening import open_case
from youthvoice.cases.actions.referring import refer, return_lane, sign, withdraw
from youthvoice.cases.actions.reminding import remind
from youthvoice.cases.actions.replanning import replan
from youthvoice.cases.actions.routes import load_routes
from youthvoice.cases.actions.seeing import check_seen

__all__ = [
    "SomebodyWasFirst",
    "UnableToMove",
    "ask_back",
    "check_seen",
    "claim",
    "escalate_due",
    "give_back",
    "load_routes",
    "note_answer",
    "note_comment",
    "note_deleted",
    "note_gone",
    "note_outcome",
    "note_shown",
    "note_supplement",
    "open_case",
    "purge_notices",
    "put_aside",
    "refer",
    "release",
    "remind",
    "replan",
    "return_lane",
    "send_reminders",
    "sign",
    "take_up_again",
    "tick_off",
    "transfer",
    "withdraw",
]
