"""A public page is the same bytes for every reader, and never looks who that is."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import MONDAY, PASSWORD, PersonFactory, answer, ask, asker_of, member
from youthvoice.kit.public import CACHE_CONTROL
from youthvoice.kit.receipts import code_for
from youthvoice.orgs.choices import Role
from youthvoice.questions import actions
from youthvoice.questions.models import Question

pytestmark = pytest.mark.django_db
KEY = "6" * 32
BROWSER = {"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/120.0"}


@pytest.fixture
def asker(house):
    return PersonFactory(nickname="提问的人")


@pytest.fixture
def paths(house, asker, at):
    """Every kind of public page, with life in it."""
    questions = [ask(by=asker), ask(key=KEY), ask(region=None, field="life"), ask()]
    for question in questions[:2]:
        answer(question, by=PersonFactory())
        answer(question, by=member(house.city), organisation=house.city)
        for under in (None, question.answers.first()):
            actions.comment(
                question=question, answer=under, text="谢谢。", by=asker_of(question), at=MONDAY
            )
    actions.mark_outcome(question=questions[0], outcome="solved", by=asker_of(questions[0]),
                         at=MONDAY)  # fmt: skip
    actions.delete_question(question=questions[3], by=asker_of(questions[3]), at=MONDAY)
    at(MONDAY + timedelta(days=1))
    return [
        "/",
        "/?show=hot",
        "/?show=waiting",
        "/?show=solved",
        "/?field=work&kind=help&region=410100",
        *(f"/q/{q.pk}/" for q in questions),
        "/pulse/",
        "/about/",
        "/orgs/",
        "/orgs/tuan-410100/",
        "/robots.txt",
    ]


def readers(house, asker):
    """A browser of each kind of reader."""
    found = [Client(headers=BROWSER)]
    for person in (asker, PersonFactory(), member(house.city), member(house.city, Role.OPERATOR)):
        client = Client(headers=BROWSER)
        client.force_login(person)
        found.append(client)
    by_receipt = Client(headers=BROWSER)
    by_receipt.post("/receipt/", {"code": code_for(KEY)})
    return [*found, by_receipt]


def test_everybody_gets_the_same_bytes(paths, house, asker):
    clients = readers(house, asker)

    for path in paths:
        shown = [client.get(path) for client in clients]
        status = 410 if path == f"/q/{Question.objects.latest('pk').pk}/" else 200
        assert {r.status_code for r in shown} == {status}, path
        assert len({r.content for r in shown}) == 1, path
        assert len({r.get("ETag") for r in shown}) == 1, path


def test_caches_may_keep_a_public_page_but_must_ask(paths, client):
    for path in paths[:-1]:
        response = client.get(path)
        assert response["Cache-Control"] == CACHE_CONTROL, path
        assert "cookie" not in response.get("Vary", "").lower(), path
        assert response.cookies == {}, path


def test_what_has_not_changed_is_told_in_a_few_bytes(paths, client):
    for path in ("/", "/orgs/"):
        etag = client.get(path)["ETag"]
        again = client.get(path, headers={"if-none-match": etag})
        assert (again.status_code, again.content) == (304, b"")


def test_a_public_page_is_only_read(paths, client):
    for path in paths[:-1]:
        assert client.post(path).status_code == 405, path
        head = client.head(path)
        assert head.content == b""
        assert head["Cache-Control"] == CACHE_CONTROL


def test_personal_pages_are_kept_by_nobody(house, client):
    question = ask()
    client.force_login(member(house.city))
    made = answer(question, by=PersonFactory())

    for path in (
        "/me/bar/",
        f"/me/q/{question.pk}/",
        f"/q/{question.pk}/act/",
        f"/q/{question.pk}/answer/",
        f"/q/{question.pk}/comment/",
        f"/a/{made.pk}/comment/",
        f"/q/{question.pk}/edit/",
        "/ask/",
        "/receipt/",
        "/mine/",
        "/desk/",
        "/desk/tuan-410100/",
        "/accounts/profile/",
    ):
        response = client.get(path)
        assert response.status_code in {200, 403}, path
        assert "no-store" in response["Cache-Control"], path
        assert "private" in response["Cache-Control"], path


def test_the_headers_that_protect_readers_are_on_every_page(paths, client):
    for path in [*paths, "/ask/", "/me/bar/", "/nowhere/"]:
        response = client.get(path)
        assert response["X-Content-Type-Options"] == "nosniff", path
        assert response["X-Frame-Options"] == "DENY", path
        assert response["Referrer-Policy"] == "same-origin", path
        policy = response["Content-Security-Policy"]
        assert "default-src 'self'" in policy, path
        assert "unsafe" not in policy, path


def test_what_was_just_done_is_said_on_a_public_page_at_once(client):
    """Whoever has signed in comes to the home page, which is everybody's; its header tells them."""
    PersonFactory(username="xiaoli", nickname="小李", password=PASSWORD)
    client.post("/accounts/login/", {"login": "xiaoli", "password": PASSWORD})

    at_a_question = client.get("/me/bar/", headers={"HX-Current-URL": "http://testserver/q/8/"})
    bar = client.get("/me/bar/", headers={"HX-Current-URL": "http://testserver/"}).text

    assert "登录好了" not in at_a_question.text
    assert '<div id="said" hx-swap-oob="true">' in bar
    assert "登录好了，小李。" in bar
    assert "登录好了" not in client.get("/me/bar/").text
    assert '<div id="said"></div>' in client.get("/").text
