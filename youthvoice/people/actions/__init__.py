"""All writes to people."""

from youthvoice.people.actions.accounts import (
    create_person,
    end_sessions,
    erase_accounts,
    find_or_import,
    forget_participation,
    note_participation,
    open_account,
    record_password_changed,
    rename,
    shut_account,
    sign_up,
    unlock,
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
    "end_sessions",
    "erase_accounts",
    "erase_unanswered",
    "find_or_import",
    "forget_participation",
    "give_consents",
    "note_minor_read",
    "note_participation",
    "open_account",
    "record_password_changed",
    "rename",
    "say_age",
    "shut_account",
    "sign_up",
    "unlock",
    "withdraw_consent",
]
