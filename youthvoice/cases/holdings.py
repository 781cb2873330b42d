"""What the handling of questions holds of the staff who did it."""

from youthvoice.cases import actions
from youthvoice.kit import retention
from youthvoice.kit.holdings import AtErasure, add


def join() -> None:
    add("cases.Lane", by="person", erase=AtErasure.UNLINK)
    add("cases.Lane", by="moved_by", erase=AtErasure.UNLINK)
    add("cases.Hop", by="made_by", erase=AtErasure.UNLINK)
    add("cases.Notice", by="person", erase=AtErasure.DELETE)
    retention.add("notices", purge=actions.purge_notices)
