"""A row that is written by ready-made SQL is the row that Django writes."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.signals import post_save
from django.db.models.sql.compiler import SQLInsertCompiler
from django.test.utils import CaptureQueriesContext

from tests.factories import MONDAY, PersonFactory, ask
from youthvoice.cases.models import Lane, Step
from youthvoice.journal.models import Entry
from youthvoice.questions.models import Answer, Question
from youthvoice.readymade.writing import add, change, insert

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def columns(row):
    row = type(row).objects.get(pk=row.pk)
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def answer_to(question, **more):
    return Answer(question=question, kind="peer", text="问窗口。", created_at=MONDAY, **more)


@pytest.fixture
def question(house):
    return ask()


def test_it_writes_what_django_writes(question):
    author = PersonFactory()
    ours, theirs = (answer_to(question, author=author, salt="a" * 32) for _ in range(2))

    assert insert(ours) is ours
    theirs.save()

    assert columns(ours) == columns(theirs) | {"id": ours.pk}
    assert (ours._state.adding, ours._state.db) == (False, "default")


@pytest.mark.parametrize("data", [{}, {"to": [1, "二", None]}])
def test_a_number_of_its_own_and_json(house, data):
    given = {"at": MONDAY, "verb": "x.y", "subject": "x:1", "data": data, "hash": "", "actor": None}

    insert(Entry(seq=10**12, prev_hash="0" * 64, **given))

    (kept,) = Entry.objects.filter(pk=10**12)
    assert {name: getattr(kept, name) for name in given} == given


def test_the_sql_is_made_once(question, monkeypatch):
    insert(answer_to(question))
    made = []
    as_sql = SQLInsertCompiler.as_sql
    monkeypatch.setattr(SQLInsertCompiler, "as_sql", lambda self: made.append(self) or as_sql(self))

    with CaptureQueriesContext(connection) as queries:
        insert(answer_to(question))
    assert (made, len(queries)) == ([], 1)
    # The control: Django's own, each time.
    answer_to(question).save()
    assert made


def test_whoever_listens_to_its_saving_is_told(question):
    told = []

    def listen(instance, created, **kwargs):
        told.append((instance, created))

    post_save.connect(listen, sender=Answer)
    try:
        row = insert(answer_to(question))
    finally:
        post_save.disconnect(listen, sender=Answer)

    assert told == [(row, True)]


def test_what_may_not_be_ends_the_transaction(question):
    row = insert(answer_to(question))
    seen = []

    def again():
        with transaction.atomic():
            try:
                insert(answer_to(question, pk=row.pk))
            finally:
                seen.append(connection.needs_rollback)

    with pytest.raises(IntegrityError):
        again()
    # Nothing more is read in it, as after Django's own.
    assert seen == [True]


def test_what_a_row_hangs_on_must_be_there(question):
    nobody = type(question.case.holder)()

    with pytest.raises(ValueError, match="unsaved related object"):
        insert(Step(case=question.case, kind="asked", at=MONDAY, organisation=nobody))


def test_columns_are_changed(question):
    lane = Lane.objects.get(case=question.case)

    assert change(lane, before_answer={"lane": "问"}, left_seconds=None)
    assert change(question, first_answered_at=MONDAY)

    assert columns(lane)["before_answer"] == {"lane": "问"} == lane.before_answer
    assert columns(question)["first_answered_at"] == MONDAY
    assert not change(Question(pk=10**9), first_answered_at=None)


def test_columns_are_added_to(question):
    assert add(Question, question.pk, useful_count=3, comment_count=-1)
    assert add(Question, question.pk, useful_count=1)

    kept = columns(question)
    assert (kept["useful_count"], kept["comment_count"]) == (4, -1)
    assert not add(Question, 10**9, useful_count=1)
