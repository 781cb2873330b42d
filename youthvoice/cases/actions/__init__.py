"""All writes to cases: what follows from questions, and what staff do."""

from youthvoice.cases.actions.asking_back import ask_back, note_comment
from youthvoice.cases.actions.calling_back import call_back, open_due
from youthvoice.cases.actions.calling_merged import plan_merged
from youthvoice.cases.actions.claiming import claim, release
from youthvoice.cases.actions.escalating import escalate_due
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
from youthvoice.cases.actions.gathering import gather, set_apart
from youthvoice.cases.actions.handing import give_back, transfer
from youthvoice.cases.actions.merging import merge, unmerge, unmerge_lost
from youthvoice.cases.actions.moving import SomebodyWasFirst, UnableToMove
from youthvoice.cases.actions.opening import open_case
from youthvoice.cases.actions.promising import decide, promise
from youthvoice.cases.actions.referring import refer, return_lane, sign, withdraw
from youthvoice.cases.actions.reminding import purge_notices, send_reminders, tick_off
from youthvoice.cases.actions.routes import load_routes
from youthvoice.cases.actions.seeing import check_seen
from youthvoice.cases.actions.topics import (
    PUT_MOST,
    UnableToMakeTopic,
    add_to_topic,
    make_topic,
    remove_from_topic,
)
from youthvoice.cases.actions.writing_back import send_letters

__all__ = [
    "PUT_MOST",
    "SomebodyWasFirst",
    "UnableToExclude",
    "UnableToMakeTopic",
    "UnableToMove",
    "add_to_topic",
    "ask_back",
    "call_back",
    "check_seen",
    "claim",
    "confirm_exclusion",
    "decide",
    "end_exclusion",
    "escalate_due",
    "gather",
    "give_back",
    "load_routes",
    "make_topic",
    "merge",
    "note_answer",
    "note_comment",
    "note_deleted",
    "note_outcome",
    "note_replies",
    "open_case",
    "open_due",
    "plan_merged",
    "promise",
    "propose_exclusion",
    "purge_notices",
    "put_aside",
    "refer",
    "release",
    "remove_from_topic",
    "return_lane",
    "send_letters",
    "send_reminders",
    "set_apart",
    "sign",
    "take_up_again",
    "tick_off",
    "transfer",
    "unmerge",
    "unmerge_lost",
    "withdraw",
]
