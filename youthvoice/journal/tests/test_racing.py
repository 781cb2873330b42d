"""Many acts at once keep one unbroken chain; without the lock they would not."""

import threading
from contextlib import suppress
from functools import partial

import pytest
from django.db import Error, connection, connections

from tests.factories import PersonFactory
from tests.together import at_once
from youthvoice.journal import actions, queries
from youthvoice.journal.models import Entry
from youthvoice.journal.tests.writing import write, write_one

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 60


@pytest.mark.parametrize("already", [0, 2], ids=["the first of all", "later ones"])
def test_many_at_once_keep_one_unbroken_chain(already):
    write(already)
    people = [PersonFactory() for _ in range(6)]

    def work(number):
        return [write_one(people[number], turn).seq for turn in range(5)]

    given = at_once(*(partial(work, number) for number in range(6)))

    assert sorted(seq for seqs in given for seq in seqs) == list(
        range(already + 1, already + 6 * 5 + 1)
    )
    assert queries.head()[0] == Entry.objects.count() == already + 6 * 5
    assert list(queries.faults()) == []


def unlock(monkeypatch):
    """Take away what keeps the chain: the row's lock, on SQLite the queue and IMMEDIATE."""
    monkeypatch.setitem(actions._LOCK, "postgresql", actions._READ)
    if connection.vendor == "sqlite":
        wrapper = type(connections["default"])
        begin = wrapper._start_transaction_under_autocommit

        def begin_deferred(self):
            self.transaction_mode = "DEFERRED"
            begin(self)

        monkeypatch.setattr(wrapper, "_queue_up", lambda self: None)
        monkeypatch.setattr(wrapper, "_start_transaction_under_autocommit", begin_deferred)


def two_that_meet(*, patience):
    """Two acts of which each waits, its head read and its entry not written, for the other.

    Gives what became of them, and whether they met there within `patience` seconds.
    """
    people = [PersonFactory(), PersonFactory()]
    meeting = threading.Barrier(2)
    digest = Entry.digest

    def late_digest(entry):
        with suppress(threading.BrokenBarrierError):
            meeting.wait(patience)
        return digest(entry)

    def work(number):
        try:
            write_one(people[number])
        except Error:
            return "refused"
        return "kept"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Entry, "digest", late_digest)
        return sorted(at_once(*(partial(work, number) for number in range(2)))), not meeting.broken


def test_with_the_lock_no_two_stand_between_reading_and_writing():
    write(1)

    assert two_that_meet(patience=0.5) == (["kept", "kept"], False)
    assert Entry.objects.count() == 3
    assert list(queries.faults()) == []


def test_without_the_lock_two_would_follow_the_same_entry(monkeypatch):
    """The control: the race is real, and it is the lock that ends it."""
    write(1)
    unlock(monkeypatch)

    assert two_that_meet(patience=PATIENCE) == (["kept", "refused"], True)
    assert Entry.objects.count() == 2
