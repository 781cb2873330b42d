"""Of many at once exactly as many pass as may; without the compare-and-set more would."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connections

from tests.factories import MONDAY
from youthvoice.limits import actions, store
from youthvoice.limits.actions import TooMany, Want, take, take_all
from youthvoice.limits.choices import LIMITS, What
from youthvoice.limits.tests.filling import fill, used

PATIENCE = 60
HERE = "203.0.113.5"


def passed(hands, work):
    """Run `work(number)` in so many threads; how many were not refused."""
    start = threading.Barrier(hands)

    def one(number):
        try:
            store.execute("SELECT 1")
            start.wait(PATIENCE)
            work(number)
        except TooMany:
            return 0
        finally:
            connections.close_all()  # whatever else the work is about
        return 1

    with ThreadPoolExecutor(hands) as pool:
        return sum(pool.map(one, range(hands), timeout=PATIENCE))


@pytest.mark.parametrize("before", [0, 5, 9], ids=["the first", "some", "the last"])
def test_of_many_at_once_exactly_as_many_pass_as_may(before):
    if before:
        fill(What.SEALED, HERE, left=10 - before, at=MONDAY)

    assert passed(16, lambda _: take(What.SEALED, who=HERE, at=MONDAY)) == 10 - before
    assert used(What.SEALED, HERE) == 10


def test_several_limits_together_are_exact_and_nobody_waits_in_a_ring():
    one, other = Want(What.ASK, HERE), Want(What.ASK_NAMED, 7)

    def work(number):
        take_all([one, other] if number % 2 else [other, one], at=MONDAY)

    assert passed(24, work) == 20
    assert (used(What.ASK, HERE), used(What.ASK_NAMED, 7)) == (20, 20)


def both_take_the_last(*, patience):
    """Two for one place, of which each waits, before it writes, for the other."""
    fill(What.SEALED, HERE, left=1, at=MONDAY)
    meeting = threading.Barrier(2)
    count = actions._count

    def late(want, at):
        with suppress(threading.BrokenBarrierError):
            meeting.wait(patience)
        return count(want, at)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "_count", late)
        return passed(2, lambda _: take(What.SEALED, who=HERE, at=MONDAY))


def test_one_of_two_gets_the_last_place():
    assert both_take_the_last(patience=PATIENCE) == 1
    assert used(What.SEALED, HERE) == 10


def test_read_first_and_write_then_would_let_both_pass(monkeypatch):
    """The control: the race is real, and it is the one statement that ends it."""
    read = threading.Barrier(2)

    def count_naively(want, at):
        may = used(want.what, want.who) < LIMITS[want.what].most
        read.wait(PATIENCE)
        return may and store.execute("UPDATE counts SET used = used + 1").rowcount == 1

    fill(What.SEALED, HERE, left=1, at=MONDAY)
    monkeypatch.setattr(actions, "_count", count_naively)

    assert passed(2, lambda _: take(What.SEALED, who=HERE, at=MONDAY)) == 2
    assert used(What.SEALED, HERE) == 11
