"""What records of danger hold of a person: of the staff, and of a named asker in the notes."""

from youthvoice.crisis import actions
from youthvoice.kit.holdings import AtErasure, add


def join() -> None:
    add("crisis.LogLine", by="by", erase=AtErasure.UNLINK)
    add("crisis.Reading", by="person", erase=AtErasure.DELETE)
    add("crisis.Notice", by="person", erase=AtErasure.DELETE)
    add("crisis.LogLine", by="record__question__author", erase=actions.erase_notes)
