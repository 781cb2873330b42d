from youthvoice.kit.holdings import AtErasure, add


def join() -> None:
    """Who asked for an opening and who decided it: of staff only, and by law to be provable."""
    for role in ("asked_by", "decided_by"):
        add("sealed.Opening", by=role, erase=AtErasure.UNLINK)
