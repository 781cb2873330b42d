"""Those whose lead is gone are found among what was touched, however many hang on others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import MONDAY, ask
from youthvoice.cases.choices import State
from youthvoice.cases.queries import checking
from youthvoice.cases.tests.working import HOUR, case_of
from youthvoice.counts import actions as counts
from youthvoice.counts.models import Note
from youthvoice.gathering import actions
from youthvoice.gathering.actions import losing
from youthvoice.gathering.models import Merge
from youthvoice.gathering.tests.test_merging import OVER, hangs_on, merge

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
LATER = MONDAY + HOUR


def notes():
    return Note.objects.filter(reader="cases.unmerge").count()


@pytest.mark.parametrize("way", OVER)
def test_whose_lead_is_gone_waits_by_itself_again_once_that_is_counted(house, way):
    lead, one = ask(), ask()
    merge(one, into=lead)
    counts.settle(at=MONDAY)
    assert actions.unmerge_lost(at=MONDAY) == 0
    OVER[way](lead)
    assert actions.unmerge_lost(at=LATER) == 0

    counts.settle(at=LATER)

    assert actions.unmerge_lost(at=LATER) == 1
    assert (case_of(one).state, hangs_on(one)) == (State.RECEIVED, None)
    assert list(checking.without()) == []
    counts.settle(at=LATER)
    assert actions.unmerge_lost(at=LATER) == 0
    assert notes() == 0


def test_what_was_not_touched_is_not_looked_at(house):
    leads, asked = [ask(), ask()], [ask(), ask()]
    for lead, one in zip(leads, asked, strict=True):
        merge(one, into=lead)
    counts.settle(at=MONDAY)
    actions.unmerge_lost(at=MONDAY)
    OVER["deleted"](leads[0])
    counts.settle(at=MONDAY)
    # Lost, but nothing tells of it.
    Merge.objects.update(lead=case_of(leads[0]))
    Note.objects.all().delete()

    with CaptureQueriesContext(connection) as found:
        assert actions.unmerge_lost(at=LATER) == 0
    assert len(found) == 2


def test_notes_stay_until_all_that_they_tell_of_are_looked_after(house, monkeypatch):
    monkeypatch.setattr(losing, "_LOST_MOST", 2)
    lead, asked = ask(), [ask() for _ in range(5)]
    merge(*asked, into=lead)
    OVER["deleted"](lead)
    counts.settle(at=MONDAY)

    assert [actions.unmerge_lost(at=LATER) for _ in range(4)] == [2, 2, 1, 0]
    assert notes() == 0


def test_while_not_all_is_counted_all_are_looked_at(house):
    lead, one = ask(), ask()
    merge(one, into=lead)
    OVER["deleted"](lead)

    assert actions.unmerge_lost(at=LATER) == 1
    assert hangs_on(one) is None
