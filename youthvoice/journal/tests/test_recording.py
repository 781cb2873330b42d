"""Adding to the journal: one entry an act, within the act, chained to the one before."""

import hashlib
from contextlib import nullcontext, suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import MONDAY, PersonFactory
from youthvoice.journal import queries
from youthvoice.journal.actions import batch, record, recorded, subject_of
from youthvoice.journal.models import GENESIS, Entry, Head
from youthvoice.journal.tests.writing import write, write_one
from youthvoice.people.models import User

pytestmark = pytest.mark.databases


@pytest.fixture
def heard():
    """What receivers are told."""
    told = []

    def listen(**kwargs):
        told.append(kwargs)

    recorded.connect(listen)
    yield told
    recorded.disconnect(listen)


@pytest.mark.django_db
def test_each_entry_carries_the_hash_of_the_one_before():
    assert queries.head() == (0, GENESIS)

    first, second, third = write(3)

    assert [e.seq for e in (first, second, third)] == [1, 2, 3]
    assert [e.prev_hash for e in (first, second, third)] == [GENESIS, first.hash, second.hash]
    assert queries.head() == (3, third.hash)
    assert list(queries.faults()) == []


@pytest.mark.django_db
def test_an_entry_says_who_did_what_to_which_row_and_when():
    person, other = PersonFactory(), PersonFactory()

    with transaction.atomic():
        record("tests.greeted", subject=other, actor=person, at=MONDAY, data={"times": 2})

    entry = Entry.objects.get()
    assert (entry.verb, entry.subject) == ("tests.greeted", f"people.user:{other.pk}")
    assert (entry.actor, entry.at, entry.data) == (person.pk, MONDAY, {"times": 2})
    assert str(entry) == f"1 tests.greeted people.user:{other.pk}"
    assert str(Head.objects.get()) == f"1:{entry.hash}"


@pytest.mark.django_db
def test_an_act_without_a_name_has_no_actor():
    with transaction.atomic():
        record("tests.done", subject=PersonFactory(), actor=None, at=MONDAY)

    assert list(Entry.objects.values_list("actor", "data")) == [(None, {})]


def test_the_hash_is_what_anybody_can_recompute():
    """Pinned: a changed way of hashing would call every journal there is a forgery."""
    entry = Entry(
        seq=7,
        at=datetime(2026, 3, 2, 9, 0, 0, 5, tzinfo=timezone(timedelta(hours=8))),
        verb="question.asked",
        subject="questions.question:12",
        actor=None,
        data={"b": [1, "青"], "a": {"z": None, "y": True}},
        prev_hash=GENESIS,
    )
    text = (
        f'["{GENESIS}","2026-03-02T01:00:00.000005+00:00","question.asked",'
        '"questions.question:12",null,{"a":{"y":true,"z":null},"b":[1,"青"]}]'
    )
    assert entry.digest() == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_fails_and_records_nothing():
    person = PersonFactory()

    with pytest.raises(RuntimeError, match="needs the act's transaction"):
        record("tests.done", subject=person, actor=None, at=MONDAY)

    assert (Entry.objects.count(), Head.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_an_act_taken_back_takes_its_entry_back():
    write(2)
    person = PersonFactory()

    @transaction.atomic
    def act():
        record("tests.undone", subject=person, actor=None, at=MONDAY)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()

    assert write_one(person).seq == 3
    assert not Entry.objects.filter(verb="tests.undone").exists()
    assert list(queries.faults()) == []


@pytest.mark.django_db
def test_receivers_hear_of_the_entry_and_its_subject(heard):
    person = PersonFactory()

    entry = write_one(person)

    (told,) = heard
    assert (told["entry"], told["subject"], told["sender"]) == (entry, person, type(person))


@pytest.mark.django_db(transaction=True)
def test_a_receiver_that_fails_takes_the_act_back():
    person = PersonFactory()

    def fail(**kwargs):
        raise ZeroDivisionError

    recorded.connect(fail)
    try:
        with pytest.raises(ZeroDivisionError):
            write_one(person)
    finally:
        recorded.disconnect(fail)

    assert Entry.objects.count() == 0


@pytest.mark.django_db
def test_a_receiver_may_record_what_follows():
    def follow(entry, subject, **kwargs):
        if entry.verb == "tests.done":
            record("tests.followed", subject=subject, actor=None, at=entry.at)

    recorded.connect(follow)
    try:
        write(2)
    finally:
        recorded.disconnect(follow)

    verbs = list(Entry.objects.order_by("seq").values_list("verb", flat=True))
    assert verbs == ["tests.done", "tests.followed"] * 2
    assert list(queries.faults()) == []


@pytest.mark.django_db
def test_there_is_one_head():
    write(1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Head.objects.create(pk=2)


@pytest.mark.django_db
def test_a_row_is_named_by_its_table_and_number():
    person = PersonFactory()
    assert subject_of(person) == f"people.user:{person.pk}"


_TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=8)
_DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=6,
)


class AnyData(TestCase):
    """Hypothesis wants its own transaction for each example."""

    @hypothesis_settings(max_examples=40, deadline=None)
    @given(
        st.dictionaries(_TEXT, _DATA, max_size=4),
        st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001
    )
    def test_what_was_recorded_still_fits_its_hash_when_read_again(self, data, at):
        with transaction.atomic():
            record(
                "tests.done",
                subject=PersonFactory(),
                actor=None,
                at=at.replace(tzinfo=UTC),
                data=data,
            )

        assert list(queries.faults()) == []


# --- Many acts in one batch --------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_batch_is_chained_like_so_many_acts(heard):
    write(1)

    with batch():
        made = write(3)
        assert Entry.objects.count() == 1

    assert [entry.seq for entry in made] == [2, 3, 4]
    assert [told["entry"] for told in heard][1:] == made
    assert write(1)[0].seq == 5
    assert list(queries.faults()) == []


@pytest.mark.django_db(transaction=True)
def test_a_batch_costs_no_savepoint_and_no_query_an_entry():
    person = PersonFactory()
    write_one(person)

    def cost(many):
        with CaptureQueriesContext(connection) as made, batch():
            for number in range(many):
                write_one(person, number)
        return len(made)

    assert cost(20) == cost(2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_caught", [False, True])
def test_a_batch_stands_or_falls_as_a_whole(is_caught):
    """Also where whoever acts goes on after an error: an act's entry would be left of it."""
    write(1)
    person = PersonFactory()

    def act():
        record("tests.undone", subject=person, actor=None, at=MONDAY)
        raise ZeroDivisionError

    @batch()
    def acts():
        write_one(PersonFactory(username="new"))
        with suppress(ZeroDivisionError) if is_caught else nullcontext(), transaction.atomic():
            act()

    with pytest.raises((ZeroDivisionError, TransactionManagementError)):
        acts()

    assert queries.head()[0] == Entry.objects.count() == 1
    assert not User.objects.filter(username="new").exists()
    # Savepoints are back: what fails by itself is taken back by itself.
    with transaction.atomic():
        with suppress(ZeroDivisionError), transaction.atomic():
            act()
        write_one(person)
    assert queries.head()[0] == 2
    assert list(queries.faults()) == []


@pytest.mark.django_db(transaction=True)
def test_an_error_that_is_caught_before_anything_was_recorded_ends_a_batch_too():
    @batch()
    def acts():
        PersonFactory(username="new")
        with suppress(ZeroDivisionError), transaction.atomic():
            raise ZeroDivisionError

    with pytest.raises(TransactionManagementError):
        acts()

    assert not User.objects.filter(username="new").exists()


@pytest.mark.django_db
def test_there_is_no_batch_within_a_batch():
    with pytest.raises(RuntimeError, match="batch"), batch(), batch():
        pass
