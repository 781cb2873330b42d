"""What the handling of questions holds of the staff who did it; of askers it holds nothing."""

from youthvoice.kit.holdings import AtErasure, add


def join() -> None:
    add("cases.Lane", by="person", erase=AtErasure.UNLINK)
    add("cases.Lane", by="moved_by", erase=AtErasure.UNLINK)
    add("cases.Hop", by="made_by", erase=AtErasure.UNLINK)
    add("cases.Exclusion", by="asked_by", erase=AtErasure.UNLINK)
    add("cases.Exclusion", by="confirmed_by", erase=AtErasure.UNLINK)
