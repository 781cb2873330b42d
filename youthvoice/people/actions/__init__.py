"""All writes to people."""

from youthvoice.people.actions.accounts import (
    create_person,
    find_or_import,
    note_participation,
    record_password_changed,
    rename,
    sign_up,
)
from youthvoice.people.actions.ages import UnableToSayAge, note_minor_read, say_age
from youthvoice.people.actions.consenting import give_consents, withdraw_consent
from youthvoice.people.actions.guardians import (
    UnableToAskGuardian,
    answer_as_guardian,
    ask_guardian,
    erase_unanswered,
)

__all__ = [
    "UnableToAskGuardian",
    "UnableToSayAge",
    "answer_as_guardian",
    "ask_guardian",
    "create_person",
    "erase_unanswered",
    "find_or_import",
    "give_consents",
    "note_minor_read",
    "note_participation",
    "record_password_changed",
    "rename",
    "say_age",
    "sign_up",
    "withdraw_consent",
]
