"""Many people leave, and nothing that was theirs is found in rows or bytes."""

from pathlib import Path

import pytest
from django.db import connection

from youthvoice.kit import holdings
from youthvoice.kit.recounting import recount
from youthvoice.people import holdings as people_holdings
from youthvoice.people.models import User
from youthvoice.questions.models import Answer, Question
from youthvoice.yours import actions
from youthvoice.yours.models import Leaving
from youthvoice.yours.tests.leavers import (
    LATER,
    erase_all,
    found,
    leave_and_look,
    make_leavers,
    new_mark,
)

pytestmark = [pytest.mark.django_db(transaction=True)]
#: More than are erased at once; `bench/leavers.py` takes a thousand.
MANY = 120


@pytest.mark.walk
def test_many_leave_and_none_of_their_strings_is_found(house):
    leave_and_look(house, MANY)


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
