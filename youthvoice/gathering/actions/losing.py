"""Looking after those whose lead nobody handles for them any more."""

from collections.abc import Callable, Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from youthvoice.cases.actions import moving
from youthvoice.counts import actions as counts
from youthvoice.counts import queries as counted
from youthvoice.gathering.actions.merging import take_back
from youthvoice.gathering.models import Merge

_LOST = "cases.unmerge"
#: Steps that look at merges; each is left its own notes.
_readers = [_LOST]
#: So many that lost their lead are looked after in one run.
_LOST_MOST = 100
#: So many notes are read in one.
NOTES_MOST = 500


def tell_also(reader: str) -> None:
    """A step of a floor above looks at merges whose question or lead was touched, too."""
    _readers.append(reader)


def note_touched(questions: Collection[int], *, at: datetime) -> None:
    """Those of the questions that hang on another, or on which others hang."""
    rows = Merge.objects.order_by()
    found = {
        *rows.filter(case__question__in=questions).values_list("case__question", flat=True),
        *rows.filter(lead__question__in=questions).values_list("lead__question", flat=True),
    }
    if found:
        for reader in _readers:
            counts.leave(reader, sorted(found))


def of_questions(questions: Collection[int]) -> list[int]:
    """The numbers of the merges that these hang by, or by which others hang on them."""
    rows = Merge.objects.order_by()
    return sorted(
        {
            *rows.filter(case__question__in=questions).values_list("pk", flat=True),
            *rows.filter(lead__question__in=questions).values_list("pk", flat=True),
        }
    )


def look_at_noted(
    reader: str, rows: QuerySet[Merge], *, most: int, work: Callable[[list[Merge]], int]
) -> int:
    """Do the work of a step with those of `rows`, at most so many, that a note tells of; gives
    what it gives.

    The notes are read before the rows, and dropped after the work: whatever happens meanwhile
    leaves new ones. Until all questions are counted, all rows are looked at.
    """
    notes = counted.notes(reader, NOTES_MOST)
    if notes is not None:
        rows = rows.filter(pk__in=of_questions(set(notes.values()))) if notes else rows.none()
    found = list(rows.order_by("pk")[: most + 1])
    done = work(found[:most]) if found else 0
    if notes and len(found) <= most:
        counts.drop(notes)
    return done


def unmerge_lost(*, at: datetime) -> int:
    """Take those back whose lead nobody handles for them any more; see MergeQuerySet.lost.

    The worker does it and not the act itself, for that would lock a second question after the
    first, in no order. Gives how many.
    """
    lost = Merge.objects.lost().select_related("case__question", "lead")
    return look_at_noted(
        _LOST, lost, most=_LOST_MOST, work=lambda found: sum(_take_back(one, at) for one in found)
    )


def _take_back(merge: Merge, at: datetime) -> bool:
    case = merge.case
    with transaction.atomic():
        moving.lock(case)
        case.refresh_from_db(fields=["state", "version"])
        if not Merge.objects.lost().filter(pk=merge.pk).exists():
            return False
        take_back(case, merge, by=None, at=at)
    return True
