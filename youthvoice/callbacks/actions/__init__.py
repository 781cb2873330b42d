"""All writes to call-backs: planning them, asking, and what is said."""

from youthvoice.callbacks.actions.calling_back import (
    call_back,
    drop_of_lead,
    erase_missing,
    forget,
    note_move,
    note_outcome,
    open_due,
    put_off,
)
from youthvoice.callbacks.actions.calling_merged import plan_merged
from youthvoice.callbacks.actions.mail_to_askers import send_letters

__all__ = [
    "call_back",
    "drop_of_lead",
    "erase_missing",
    "forget",
    "note_move",
    "note_outcome",
    "open_due",
    "plan_merged",
    "put_off",
    "send_letters",
]
