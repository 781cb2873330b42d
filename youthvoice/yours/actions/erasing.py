"""Erasing those whose days to take it back are over."""

from datetime import datetime

from youthvoice.kit import holdings, scrubbing
from youthvoice.kit.holdings import Leaver
from youthvoice.yours.choices import LeavingState
from youthvoice.yours.models import Leaving

#: People erased in one run of the step; the next comes a minute later.
MOST = 50


def erase_due(*, at: datetime) -> int:
    """Erase up to MOST people; gives how many are gone for good.

    Each move is a compare-and-set, and what a run that was cut off left half done the next
    one takes up: nothing here happens twice. Raises scrubbing.StillRead when a reader keeps
    the write-ahead log from being emptied, and what kept somebody from being erased; the next
    run tries again.
    """
    room = MOST - Leaving.objects.filter(state=LeavingState.ERASING).count()
    chosen = list(
        Leaving.objects.due(at=at)
        .order_by("due_at", "pk")
        .values_list("pk", flat=True)[: max(room, 0)]
    )
    # A hold that came this moment counts, and so does somebody who stays.
    Leaving.objects.due(at=at).filter(pk__in=chosen).update(state=LeavingState.ERASING)
    erasing = Leaving.objects.filter(state=LeavingState.ERASING)
    leavers = [Leaver(leaving.account, leaving.answers_too) for leaving in erasing]
    done, problem = _erase(leavers, at)
    erasing.filter(account__in=done).update(state=LeavingState.ERASED)
    gone = _scrub()
    if problem is not None:
        raise problem
    return gone


def _erase(leavers: list[Leaver], at: datetime) -> tuple[list[int], Exception | None]:
    """All at once; if that fails one by one, so that nobody keeps the others waiting."""
    if not leavers:
        return [], None
    try:
        holdings.erase(leavers, at=at)
    except Exception as problem:
        if len(leavers) == 1:
            return [], problem
    else:
        return [leaver.pk for leaver in leavers], None
    done, last = [], None
    for leaver in leavers:
        numbers, why = _erase([leaver], at)
        done += numbers
        last = why or last
    return done, last


def _scrub() -> int:
    """Who is erased is gone for good once the database's files are clean, too."""
    erased = Leaving.objects.filter(state=LeavingState.ERASED)
    if not erased.exists():
        return 0
    tables = {holding.table._meta.db_table for holding in holdings.all_holdings()}
    scrubbing.scrub(sorted(tables))
    return erased.delete()[0]
