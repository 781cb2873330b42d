"""What a person's pieces stand on: it changes, and says nothing but that."""

import time
from itertools import pairwise

import pytest
from django.db import connection, transaction

from youthvoice.entrance import nonces, surrogates
from youthvoice.entrance.nonces import Nonces, person_name, place_of, session_name


def test_all_who_map_the_file_see_a_change(tmp_path):
    one, other = Nonces(tmp_path / "own"), Nonces(tmp_path / "own")
    before, latest = other.copy(), other.latest

    assert other.copy() is before
    one.change([5])

    assert other.copy() is not before
    assert not other.hold(((5, before[5]),))
    assert other.hold(((6, before[6]),))
    assert other.latest != latest


def test_the_file_tells_no_time_and_no_order(tmp_path):
    path = tmp_path / "own"
    numbers = Nonces(path)
    found = []
    for _ in range(200):
        numbers.change([7])
        found.append(numbers.copy()[7])

    assert len(set(found)) == 200
    rising = sum(a < b for a, b in pairwise(found))
    assert 60 < rising < 140
    # All else is as it was, but for the number of all.
    assert set(numbers.copy()) == {0, found[-1], numbers.latest}
    assert path.stat().st_mode & 0o077 == 0
    now = time.monotonic_ns()
    assert now.to_bytes(8, "little")[2:6] not in path.read_bytes()


def test_where_somebody_has_theirs_only_the_key_tells(settings):
    names = [person_name(1), session_name("1"), person_name(2)]
    before = [place_of(name) for name in names]
    assert len(set(before)) == 3
    assert 0 not in before

    settings.SECRET_KEY = "another"
    assert [place_of(name) for name in names] != before


@pytest.mark.django_db(transaction=True)
def test_it_is_heard_when_the_act_is_committed_and_only_then():
    place = place_of(person_name(3))
    mark = ((place, nonces.nonces().copy()[place]),)

    with transaction.atomic():
        nonces.changed([person_name(3)])
        transaction.set_rollback(True)
    assert nonces.nonces().hold(mark)

    with transaction.atomic():
        nonces.changed([person_name(3)])
        assert nonces.nonces().hold(mark)
    assert not nonces.nonces().hold(mark)


@pytest.mark.django_db
def test_of_very_many_all_pages_are_changed_and_of_none_nothing(monkeypatch):
    told = []
    monkeypatch.setattr(surrogates, "changed", lambda keys, at_once: told.append((keys, at_once)))
    monkeypatch.setattr(nonces, "_change", told.append)

    nonces.changed([person_name(n) for n in range(5000)])
    nonces.changed([])

    assert told == [([surrogates.ALL], True)]
    assert connection.in_atomic_block


def test_what_another_machine_tells_is_changed_here():
    numbers = nonces.nonces()
    before = numbers.copy()

    nonces.heard("~ 7 9")

    after = numbers.copy()
    assert [n for n in range(1, 12) if after[n] != before[n]] == [7, 9]
