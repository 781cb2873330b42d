"""Words that are erased are in no file of the database, whichever way they went."""

import random
import secrets
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.factories import MONDAY, NOBODY, PersonFactory, answer, ask, member
from youthvoice.callbacks.choices import Day
from youthvoice.callbacks.models import Callback
from youthvoice.clock import actions as clock_actions
from youthvoice.crisis import actions as crisis
from youthvoice.crisis.choices import To
from youthvoice.crisis.models import Record
from youthvoice.desks import actions as desks
from youthvoice.desks.models import Canned
from youthvoice.kit import scrubbing
from youthvoice.kit.holdings import Leaver
from youthvoice.moderation.models import Appeal, Report
from youthvoice.moderation.tests.making import appealed, hidden, report
from youthvoice.orgs.choices import Role
from youthvoice.people.guardians.actions import erase_unanswered
from youthvoice.people.models import Guardianship
from youthvoice.questions import actions
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer
from youthvoice.yours import actions as yours
from youthvoice.yours.actions.scrubbing import NIGHT_HOUR
from youthvoice.yours.tests.leavers import erase_all, found, found_in_files, make_leavers, new_mark

pytestmark = [pytest.mark.django_db(transaction=True)]
sqlite_only = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL's files are the server's"
)
LATER = MONDAY + timedelta(days=1)
#: So often 300 replies are moved about: of half of them some are left each time.
SEEDS = 4
#: The hour of the night by the house's clock.
NIGHT = timezone.localtime(LATER).replace(hour=NIGHT_HOUR, minute=10)


# --- The ways ------------------------------------------------------------------------------


def _nameless(mark, **more):
    question = ask(title=f"标题{mark}", text=f"问{mark}，" * 30, key=secrets.token_hex(16), **more)
    opened = Viewer(NOBODY, frozenset({question.pk}))
    actions.edit_question(
        question=question, title=f"改{mark}", text=f"改{mark}" * 30, by=opened, at=MONDAY
    )
    said = actions.comment(question=question, answer=None, text=f"评{mark}", by=opened, at=MONDAY)
    return question, opened, said


def _missing(question, mark):
    said = {"due_at": MONDAY, "opened_at": MONDAY, "missing": f"缺{mark}"}
    Callback.objects.create(case=question.case, day=Day.NEXT, round=1, **said)


def by_receipt(mark, house):
    """With an earlier version, a comment, a note of the holder's, and what was missed."""
    question, opened, _said = _nameless(mark)
    worker = member(house.city)
    lane = question.case.lanes.own().get()
    desks.write_note(lane=lane, text=f"提问者说{mark}", by=worker, at=MONDAY)
    Callback.objects.create(
        case=question.case,
        day=Day.NEXT,
        round=1,
        due_at=MONDAY,
        opened_at=MONDAY,
        missing=f"缺{mark}",
    )
    actions.erase_nameless_question(question=question, by=opened, at=LATER)


def by_receipt_when_hidden(mark, house):
    """With the reports and appeals of both the question and a comment, and a note."""
    question, opened, said = _nameless(mark)
    worker, duty = member(house.city), member(house.city, Role.DUTY)
    lane = question.case.lanes.own().get()
    desks.write_note(lane=lane, text=f"提问者说{mark}", by=worker, at=MONDAY)
    Callback.objects.create(
        case=question.case,
        day=Day.NEXT,
        round=1,
        due_at=MONDAY,
        opened_at=MONDAY,
        missing=f"缺{mark}",
    )
    for words in (said, question):
        appealed(hidden(words, by=duty, note=f"他写{mark}"), by=opened, text=f"申诉{mark}")
    actions.erase_nameless_question(question=question, by=opened, at=LATER)


def a_question_taken_back(mark, house):
    question, opened, said = _nameless(mark)
    actions.delete_comment(comment=said, by=opened, at=LATER)
    actions.delete_question(question=question, by=opened, at=LATER)


def an_answer_and_a_comment_taken_back(mark, house):
    writer = PersonFactory.create()
    given = answer(ask(), by=writer, text=f"答{mark}" * 20)
    actions.edit_answer(answer=given, text=f"改{mark}" * 20, by=Viewer(writer), at=MONDAY)
    said = actions.comment(
        question=given.question, answer=given, text=f"评{mark}", by=Viewer(writer), at=MONDAY
    )
    actions.delete_comment(comment=said, by=Viewer(writer), at=LATER)
    actions.delete_answer(answer=given, by=Viewer(writer), at=LATER)


def an_account(mark, house):
    make_leavers(house, 2, mark, pictures=False)
    erase_all()


def a_canned_reply(mark, house):
    lead = member(house.city, Role.LEAD)
    about = {"organisation": house.city, "by": lead, "at": MONDAY}
    reply = desks.keep_reply(reply=None, title="劳动", text=f"回复{mark}" * 20, **about)
    desks.drop_reply(reply=reply, by=lead, at=LATER)


def a_false_alarm(mark, house):
    lead = member(house.city, Role.LEAD)
    record = Record.objects.get(question=ask(title="真的不想活了", text="没有人知道。"))
    crisis.add_line(record=record, to=To.YOUTH_LINE, note=f"打过{mark}", by=lead, at=MONDAY)
    crisis.call_false_alarm(record=record, by=lead, at=LATER)


def a_guardian_who_does_not_answer(mark, house):
    child = PersonFactory.create()
    Guardianship.objects.create(person=child, address=f"{mark}@mail.test", erase_at=MONDAY)
    erase_unanswered(at=LATER)


def a_task_that_is_done(mark, house):
    DBTaskResult.objects.create(
        status=TaskResultStatus.SUCCESSFUL,
        args_kwargs={"args": [f"{mark}@mail.test"], "kwargs": {}},
        task_path="a.b",
        backend_name="default",
        run_after=MONDAY,
        finished_at=MONDAY,
    )
    clock_actions.forget_tasks(at=LATER)


WAYS = [
    # The first, for it is scrubbed at once.
    an_account,
    by_receipt,
    by_receipt_when_hidden,
    a_question_taken_back,
    an_answer_and_a_comment_taken_back,
    a_canned_reply,
    a_false_alarm,
    a_guardian_who_does_not_answer,
    a_task_that_is_done,
]


@pytest.mark.walk
def test_whichever_way_words_are_erased_no_file_holds_them(house):
    marks = {way: new_mark() for way in WAYS}
    for way, mark in marks.items():
        way(mark, house)
    if connection.vendor == "sqlite":
        # Else the step would have nothing to do.
        assert {way for way, mark in marks.items() if found_in_files(mark)} == {*WAYS[1:]}

    clock_actions.run_due(at=LATER)

    assert {way.__name__: found(mark) for way, mark in marks.items() if found(mark)} == {}
    # Nor can what the journal holds of them be tried: the salts are gone as well.
    assert set(Appeal.objects.values_list("text", "salt")) == {("", "")}
    assert set(Report.objects.values_list("note", flat=True)) == {""}


def test_a_report_keeps_no_note_on_an_answer_that_went_with_its_writer(house):
    writer = PersonFactory.create()
    report(answer(ask(), by=writer, text="答"), note="他写的是答")

    actions.erase_people([Leaver(writer.pk, answers_too=True)], at=LATER)

    assert Report.objects.get().note == ""


def test_words_erased_by_receipt_are_in_no_file_a_minute_later(client, house):
    """Through the page, as whoever holds the receipt does it."""
    mark, key = new_mark(), "7" * 32
    form = {"kind": "help", "field": "work", "region": "410100", "name_choice": "nameless"}
    client.post("/ask/", form | {"title": f"标题{mark}", "text": f"问{mark}", "key": key})
    number = Question.objects.get().pk

    assert client.post(f"/q/{number}/own/", {"act": "erase"}).status_code == 302
    clock_actions.run_due(at=LATER)

    assert found(mark) == {}


# --- The log and the file ------------------------------------------------------------------


@sqlite_only
def test_while_the_log_is_read_the_step_fails_and_tries_again(house):
    mark = new_mark()
    by_receipt(mark, house)
    reader = connection.copy()
    try:
        with reader.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            cursor.execute("SELECT COUNT(*) FROM people_user").fetchone()
            ask()
            with pytest.raises(scrubbing.StillRead):
                yours.scrub(at=LATER)
            with connection.cursor() as ours:
                # Whoever writes next waits as patiently as before.
                assert ours.execute("PRAGMA busy_timeout").fetchone() == (20_000,)
            cursor.execute("ROLLBACK")
    finally:
        reader.close()
    assert found(mark) != {}

    yours.scrub(at=LATER)

    assert found(mark) == {}


def _moved_about(house, mark):
    """Replies written in any order, of which half are dropped: to make room for one, SQLite had
    moved others from page to page. Gives the words of those that stand."""
    stand = set()
    for seed in range(SEEDS):
        chance = random.Random(seed)
        numbers = chance.sample(range(seed * 10**9 + 1, (seed + 1) * 10**9), 300)
        words = [f"{mark}{seed * 300 + place:04d}" for place in range(300)]
        Canned.objects.bulk_create(
            Canned(
                pk=number,
                organisation=house.city,
                title=str(number),
                text=f"{word}." * chance.randint(10, 28),
            )
            for number, word in zip(numbers, words, strict=True)
        )
        Canned.objects.filter(pk__in=numbers[::2]).delete()
        stand |= {*words[1::2]}
    return stand


@sqlite_only
def test_what_was_moved_within_the_file_is_gone_after_a_night(house):
    mark = new_mark()
    stand = _moved_about(house, mark)
    yours.scrub(at=LATER)
    # The control: emptying the log and overwriting what is deleted is not enough.
    assert standing_in_files(mark) > stand

    assert not yours.rewrite_tonight(at=LATER)
    assert yours.rewrite_tonight(at=NIGHT)

    assert standing_in_files(mark) == stand
    assert Canned.objects.count() == len(stand)
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA temp_store").fetchone() == (2,)
        assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def standing_in_files(mark):
    """The words with this mark in any file of the data folder, with their numbers."""
    look = (
        "import re, sys; from pathlib import Path; words = re.compile(sys.argv[2].encode() + "
        "rb'[0-9]{4}'); print(*{w.decode() for p in Path(sys.argv[1]).rglob('*') "
        "if p.is_file() for w in words.findall(p.read_bytes())})"
    )
    # In a process of its own, as `found_in_files` says.
    command = [sys.executable, "-c", look, str(settings.DATA_DIR), mark]
    return {*subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()}


@sqlite_only
def test_a_full_disk_is_not_filled_up(house, monkeypatch):
    monkeypatch.setattr(scrubbing, "_ROOM", 10**12)

    with pytest.raises(scrubbing.NoRoom):
        yours.rewrite_tonight(at=NIGHT)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="VACUUM is PostgreSQL's")
def test_postgresql_clears_the_tables_that_changed_and_no_others(house):
    mark = new_mark()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_reset()")
        a_canned_reply(mark, house)
        cursor.execute("SELECT pg_stat_force_next_flush()")
    yours.scrub(at=LATER)

    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_stat_user_tables WHERE last_vacuum IS NOT NULL")
        cleared = {name for (name,) in cursor.fetchall()}
    assert "desks_canned" in cleared
    assert "people_guardianship" not in cleared
