"""All writes to people."""

from youthvoice.people.actions.accounts import (
    create_person,
    erase_accounts,
    find_or_import,
    forget_participation,
    note_participation,
    open_account,
    rename,
    shut_account,
    sign_up,
)
from youthvoice.people.actions.ages import UnableToSayAge, note_minor_read, say_age
from youthvoice.people.actions.consenting import give_consents, withdraw_consent
from youthvoice.people.devices.actions import drop_worthless

__all__ = [
    "UnableToSayAge",
    "create_person",
    "drop_worthless",
    "erase_accounts",
    "find_or_import",
    "forget_participation",
    "give_consents",
    "note_minor_read",
    "note_participation",
    "open_account",
    "rename",
    "say_age",
    "shut_account",
    "sign_up",
    "withdraw_consent",
]
