"""Whoever acts on a page acts on what it showed."""

from youthvoice.cases.actions import moving
from youthvoice.cases.models import Case, Lane


def check_seen(*, case: Case, version: int, lane: Lane | None = None, mark: str = "") -> None:
    """Raises SomebodyWasFirst, with who it was, where the page shows no longer what is.

    An act on one lane looks at that lane only: what others do in theirs is no hindrance.
    The acts themselves name in their UPDATEs what is read here, so nothing slips in between.
    """
    same = case.version == version if lane is None else lane.mark == mark
    if not same:
        raise moving.first_words(case)
