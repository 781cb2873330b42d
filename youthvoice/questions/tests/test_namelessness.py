"""A question asked without a name leads back to nobody, wherever one looks."""

import re

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, transaction

from tests.factories import MONDAY, PersonFactory, ask, member
from youthvoice.journal.models import Entry
from youthvoice.questions import actions, viewers
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer
from youthvoice.site.views.mine import TABS

pytestmark = pytest.mark.django_db
#: A number and names that nothing else in the database is like.
NUMBER, USERNAME, NICKNAME = 774411882255, "zhao-without-name", "不该出现的昵称"
TRACES = re.compile(f"{NUMBER}|{USERNAME}|{NICKNAME}")


@pytest.fixture(params=["unsealed", "sealed"], autouse=True)
def with_and_without_the_sealed_record(request, house):
    if request.param == "sealed":
        request.getfixturevalue("sealing")


@pytest.fixture
def person(house):
    return PersonFactory(id=NUMBER, username=USERNAME, nickname=NICKNAME)


def everything():
    """Every row of every table, as text."""
    rows = set()
    tables = {m._meta.db_table for m in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        assert tables <= set(connection.introspection.table_names(cursor))
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own tables' names
            rows |= {f"{table} {row!r}" for row in cursor.fetchall()}
    return rows


def form(**changes):
    return {
        "kind": "talk",
        "field": "life",
        "title": "搬来一个月了",
        "text": "晚上有点空。",
        "region": "",
        "name_choice": "nameless",
        "key": "c" * 32,
    } | changes


def test_the_scan_would_find_a_person(client, person):
    client.force_login(person)
    before = everything()

    client.post("/ask/", form(name_choice="named"))

    assert [row for row in everything() - before if TRACES.search(row)]


def test_a_nameless_ask_by_somebody_signed_in_leaves_no_trace_of_them(client, person):
    client.force_login(person)
    before, session = everything(), Session.objects.values().get()

    response = client.post("/ask/", form())

    assert (response.status_code, response.wsgi_request.user) == (200, person)
    question = Question.objects.get()
    assert (question.is_nameless, question.author) == (True, None)
    assert [row for row in everything() - before if TRACES.search(row)] == []
    assert Session.objects.values().get() == session
    assert {e.actor for e in Entry.objects.all()} == {None}
    person.refresh_from_db()
    assert person.participated_at is None


def test_nothing_that_the_asker_does_later_by_the_receipt_leaves_a_trace(client, person):
    client.force_login(person)
    sent = client.post("/ask/", form())
    question = Question.objects.get()
    answered = actions.answer_question(
        question=question,
        text="在的。",
        by=Viewer(PersonFactory()),
        organisation=None,
        at=MONDAY,
    )
    session = Session.objects.values().get()
    before = everything()
    assert viewers.COOKIE in sent.cookies

    base = f"/q/{question.pk}"
    acts = [
        client.get(f"/me{base}/"),
        client.get(f"{base}/act/"),
        client.post(f"{base}/comment/", {"text": "补充一句。"}),
        client.post(f"/a/{answered.pk}/comment/", {"text": "谢谢。"}),
        client.post(f"/a/{answered.pk}/accept/"),
        client.post(f"{base}/outcome/", {"outcome": "solved"}),
        client.post(f"{base}/outcome/", {"outcome": "open"}),
        client.post(f"{base}/edit/", {"title": "搬来两个月了", "text": "还是有点空。"}),
        client.post(f"/c/{question.comments.first().pk}/delete/"),
        client.post(f"{base}/delete/"),
        client.post("/receipt/close/"),
    ]

    assert [r.status_code for r in acts] == [200, 200, *[302] * 9]
    new = everything() - before
    assert len(new) > 10
    assert [row for row in new if TRACES.search(row)] == []
    assert Session.objects.values().get() == session
    question.refresh_from_db()
    assert question.deleted_at is not None


def test_the_page_of_a_nameless_question_names_nobody(client, person):
    client.force_login(person)
    client.post("/ask/", form())
    question = Question.objects.get()
    client.post(f"/q/{question.pk}/comment/", {"text": "补充一句。"})

    page = client.get(f"/q/{question.pk}/").content.decode()

    assert "补充一句。" in page
    assert question.asker_name in page
    assert not TRACES.search(page)


def test_no_list_of_a_persons_own_shows_what_they_asked_without_a_name(client, person):
    client.force_login(person)
    client.post("/ask/", form())
    client.post("/receipt/close/")

    for tab in TABS:
        assert "搬来一个月了" not in client.get("/mine/", {"tab": tab}).content.decode()


def test_the_database_refuses_an_author_of_a_nameless_question(house):
    question, staff = ask(), member(house.city)

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(author=staff)
    question.refresh_from_db()
    assert question.author is None


def test_a_person_who_goes_leaves_their_named_questions_without_a_name(person):
    question = ask(by=person)
    person.delete()

    question.refresh_from_db()
    assert (question.author, question.is_nameless) == (None, False)
    assert question.asker_name == "已离开的青年"
