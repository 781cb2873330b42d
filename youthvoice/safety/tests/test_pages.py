"""The warning before publishing, the word to those who moderate, and the operators' pages."""

import secrets

import pytest
from django.contrib.admin import site as admin_site

from tests.factories import MONDAY, PersonFactory, answer, ask, member
from youthvoice.journal.models import Entry
from youthvoice.orgs.choices import Role
from youthvoice.questions.models import Answer, Question
from youthvoice.safety.actions import listed_words_found
from youthvoice.safety.models import HelpLine, ListedWord

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def words(db, held_reads):
    ListedWord.objects.create(word="傻逼", kind="abuse")
    ListedWord.objects.create(word="刷单返利", kind="fraud", is_shipped=True)


@pytest.fixture
def heard():
    found = []

    def hear(words, kinds, at, **kwargs):
        found.append((words, kinds, at))

    listed_words_found.connect(hear)
    yield found
    listed_words_found.disconnect(hear)


def form(**given):
    return {
        "key": secrets.token_hex(16),
        "kind": "help",
        "field": "life",
        "title": "有人骂我怎么办",
        "text": "他天天骂我傻 逼，电话13800001234。",
        "name_choice": "nameless",
    } | given


def test_the_writer_is_warned_and_hides_it_with_one_tap(client, house, heard):
    warned = client.post("/ask/", form())
    page = warned.content.decode()
    assert warned.status_code == 422
    assert "“傻 逼”" in page
    assert "手机号" in page
    assert 'name="personal" value="mask"' in page

    client.post("/ask/", form(personal="mask"))

    assert Question.objects.get().text == "他天天骂我• •，电话138••••••••。"
    assert heard == []


def test_the_writer_may_mean_it_and_those_who_moderate_hear_of_it(client, house, heard):
    client.post("/ask/", form(personal="keep", text="他天天骂我傻 逼。"))

    question = Question.objects.get()
    assert heard == [(question, ["abuse"], question.asked_at)]


def test_only_words_without_numbers_are_warned_of_too(client, house):
    page = client.post("/ask/", form(text="他骂我傻逼。"))

    assert page.status_code == 422
    assert 'value="keep"' in page.content.decode()


def test_offices_are_neither_warned_nor_told_of(client, house, heard):
    question, staff = ask(), member(house.city)
    client.force_login(staff)
    words = {"text": "别信刷单返利。", "sign_as": str(house.city.pk)}

    assert client.post(f"/q/{question.pk}/answer/", words).status_code == 302
    answer(question, by=PersonFactory(), text="刷单返利是骗局")
    assert Answer.objects.count() == 2
    assert [kinds for _words, kinds, _at in heard] == [["fraud"]]


def test_operators_keep_the_list_and_each_change_is_in_the_journal(client, house):
    client.force_login(member(house.province, Role.OPERATOR))
    added = {"word": "新坏词", "kind": "abuse", "is_active": "on"}
    assert client.post("/admin/safety/listedword/add/", added).status_code == 302
    assert client.post("/admin/safety/listedword/add/", added | {"kind": "x"}).status_code == 200
    line = {"name": "郑州热线", "number": "12355", "position": "1", "is_active": "on"}
    assert client.post("/admin/safety/helpline/add/", line).status_code == 302

    assert Entry.objects.filter(verb="admin.added").count() == 2


def test_what_came_with_the_house_is_switched_off_and_never_deleted(client, house):
    client.force_login(member(house.province, Role.OPERATOR))
    word = ListedWord.objects.get(word="刷单返利")
    line = HelpLine.objects.create(name="报警", number="110", code="110")
    for row in (word, line):
        base = f"/admin/safety/{row._meta.model_name}/{row.pk}"
        assert client.post(f"{base}/delete/", {"post": "yes"}).status_code == 403
    changed = {"word": "别的", "kind": "fraud"}
    client.post(f"/admin/safety/listedword/{word.pk}/change/", changed)

    word.refresh_from_db()
    assert (word.word, word.is_active) == ("刷单返利", False)
    assert admin_site.get_model_admin(ListedWord).get_actions(None) == {}
    assert admin_site.get_model_admin(HelpLine).get_actions(None) == {}
    assert MONDAY
