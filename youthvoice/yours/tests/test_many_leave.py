"""A thousand people leave, and nothing that was theirs is found in rows or bytes."""

import time
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from youthvoice.journal.models import Entry
from youthvoice.journal.queries import faults
from youthvoice.kit import holdings
from youthvoice.people import holdings as people_holdings
from youthvoice.people.models import User
from youthvoice.people.sessions import SessionStore
from youthvoice.questions.actions import recount
from youthvoice.questions.models import Answer, Question
from youthvoice.yours import actions
from youthvoice.yours.models import Leaving
from youthvoice.yours.tests.leavers import LATER, found, make_leavers, new_mark

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
#: On PostgreSQL fewer: there only the rows are looked at, not the bytes of files.
MANY = 1000 if connection.vendor == "sqlite" else 200


def inside(session):
    return SessionStore().decode(session.session_data)


def erase_all():
    gone = 0
    while one := actions.erase_due(at=LATER):
        gone += one
    return gone


@pytest.mark.no_cover  # the same step a thousand times; the tests below measure it
def test_a_thousand_leave_and_none_of_their_strings_is_found(house):
    mark = new_mark()
    leavers = make_leavers(house, MANY, mark)
    assert sum(found(mark).values()) > 10 * MANY
    begun = time.perf_counter()

    gone = erase_all()

    # Shown by `pytest -s`.
    print(f"\nerased {gone} people in {time.perf_counter() - begun:.1f} s")  # noqa: T201
    assert gone == MANY
    assert found(mark) == {}
    assert not User.objects.filter(pk__in=leavers).exists()
    assert not Leaving.objects.exists()
    assert list(Path(settings.EXPORTS_ROOT).glob("*.zip")) == []
    assert [k for k in map(inside, Session.objects.all()) if "_auth_user_id" in k] == []
    # What others need is there, and all numbers are exact.
    assert Answer.objects.filter(text="别人的回答", question__deleted_at=LATER).count() == MANY
    assert Entry.objects.filter(verb="person.erased").count() == MANY
    assert recount() == []
    assert list(faults()) == []


def test_answers_that_stay_stay_without_a_name(house):
    mark = new_mark()
    make_leavers(house, 20, mark, answers_too=False)

    erase_all()

    assert Answer.objects.filter(text=f"答{mark}", author=None, deleted_at=None).count() == 20
    Answer.objects.filter(text=f"答{mark}").delete()
    actions.erase_due(at=LATER)
    assert not Question.objects.filter(title__contains=mark).exists()
    assert recount() != []


def test_a_table_that_is_left_out_is_found(house, monkeypatch):
    mark = new_mark()
    make_leavers(house, 20, mark, pictures=False)
    left = [h for h in holdings.all_holdings() if h.erase is not people_holdings.forget_tasks]
    monkeypatch.setattr(holdings, "_holdings", left)

    erase_all()

    assert found(mark)["django_tasks_database_dbtaskresult"] == 20


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's files are the server's")
def test_without_overwriting_the_strings_stay_in_the_file(house):
    mark = new_mark()
    make_leavers(house, 20, mark, pictures=False)
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)
        cursor.execute("PRAGMA secure_delete=OFF")
    try:
        erase_all()
    finally:
        connection.close()

    assert set(found(mark)) == {Path(str(connection.settings_dict["NAME"])).name}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite's log is ours to empty")
def test_a_log_that_is_still_read_is_emptied_later(house, monkeypatch):
    from youthvoice.kit import scrubbing

    mark = new_mark()
    make_leavers(house, 3, mark, pictures=False)
    reader = connection.copy()
    try:
        with reader.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            cursor.execute("SELECT COUNT(*) FROM people_user").fetchone()
            with connection.cursor() as ours:
                ours.execute("PRAGMA busy_timeout=50")
            with pytest.raises(scrubbing.StillRead):
                actions.erase_due(at=LATER)
            assert not User.objects.filter(username__startswith=mark).exists()
            assert Leaving.objects.filter(state="erased").count() == 3
            cursor.execute("ROLLBACK")
    finally:
        reader.close()

    assert actions.erase_due(at=LATER) == 3
    assert found(mark) == {}
    connection.close()
