"""Of many who claim the same cases each case has one; without the compare-and-set some have two.

`bench/walks.py claims` runs it with 200 cases, `bench/claims.py` with 200 clients and 10,000.
"""

import time as stopwatch

import pytest

from tests.walks import far, tell
from youthvoice.cases.actions import moving
from youthvoice.cases.models import Lane
from youthvoice.cases.queries import checking
from youthvoice.cases.tests import racing

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS, CASES, SEEN = 20, far(60, 200), 10


def raced(house, *, cases, most=None):
    racing.waiting(house.city, cases)
    people = racing.staff(house.city, CLIENTS)
    start = racing.barrier(CLIENTS)
    return racing.run(people, house.city, seen=SEEN, start=start, most=most)


def test_of_twenty_who_claim_them_all_none_has_what_another_has(house, capsys):
    began = stopwatch.perf_counter()

    found = raced(house, cases=CASES)

    seconds = stopwatch.perf_counter() - began
    verdict = racing.judge(found)
    tell(capsys, f"{verdict}, second {found.late} times, {seconds:.1f} s")
    assert verdict == racing.Verdict(claims=CASES, doubles=0, lost=0)
    # Without collisions nothing would have been proved.
    assert found.late > 0
    assert list(checking.without()) == []


def test_without_the_compare_and_set_some_are_claimed_twice(house, monkeypatch):
    """The control: twenty see the same ten cases, and the race is real."""
    monkeypatch.setattr(moving, "as_seen", lambda lane: Lane.objects.filter(pk=lane.pk))

    verdict = racing.judge(raced(house, cases=SEEN, most=1))

    assert verdict.claims == CLIENTS
    assert verdict.doubles > 0
    assert verdict.lost > 0
