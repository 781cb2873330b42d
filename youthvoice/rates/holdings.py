"""What leaving questions out of the rates holds of the leads who did it."""

from youthvoice.kit.holdings import AtErasure, add


def join() -> None:
    add("rates.Exclusion", by="asked_by", erase=AtErasure.UNLINK)
    add("rates.Exclusion", by="confirmed_by", erase=AtErasure.UNLINK)
