"""The small acts: one POST each, then back to where one was, and never anywhere else."""

import pytest

from tests.factories import PersonFactory, answer, ask
from youthvoice.kit.receipts import code_for
from youthvoice.questions.choices import Outcome
from youthvoice.questions.models import Follow, Useful
from youthvoice.questions.tests.watching import counters

pytestmark = pytest.mark.django_db
KEY = "8" * 32
HX = {"HX-Request": "true"}


def went(response):
    assert response.status_code == 302
    return response.url


def said(client, question):
    return client.get(f"/me/q/{question.pk}/").context["said"]


def test_following_and_back(client, house):
    question, person = ask(), PersonFactory()
    client.force_login(person)
    url = f"/q/{question.pk}/follow/"

    assert went(client.post(url)) == f"/q/{question.pk}/act/"
    assert Follow.objects.get().person == person
    assert went(client.post(url, {"undo": "1"})) == f"/q/{question.pk}/act/"
    assert counters(question) == {}
    assert said(client, question) == []


def test_useful_and_back(client, house):
    question, person = ask(), PersonFactory()
    made = answer(question, by=PersonFactory())
    client.force_login(person)

    assert went(client.post(f"/a/{made.pk}/useful/")) == f"/q/{question.pk}/act/"
    assert counters(question) == {"peer": 1, "useful": 1}
    client.post(f"/a/{made.pk}/useful/", {"undo": "1"})
    assert Useful.objects.count() == 0


def test_accepting_and_putting_back_by_the_receipt(client, house):
    question = ask(key=KEY)
    made = answer(question, by=PersonFactory())
    client.post("/receipt/", {"code": code_for(KEY)})

    assert went(client.post(f"/a/{made.pk}/accept/")) == f"/q/{question.pk}/act/"
    made.refresh_from_db()
    assert made.accepted_at is not None
    client.post(f"/a/{made.pk}/accept/", {"undo": "1"})
    made.refresh_from_db()
    assert made.accepted_at is None


def test_saying_what_came_of_it(client, house):
    asker = PersonFactory()
    question = ask(by=asker)
    client.force_login(asker)

    for outcome in (Outcome.UNSOLVED, Outcome.SOLVED, Outcome.OPEN):
        assert went(client.post(f"/q/{question.pk}/outcome/", {"outcome": outcome}))
        question.refresh_from_db()
        assert question.outcome == outcome


def test_who_says_that_it_is_not_solved_is_asked_what_is_missing(client, house):
    asker = PersonFactory()
    question = ask(by=asker)
    client.force_login(asker)
    url = f"/q/{question.pk}/outcome/"

    asked = went(client.post(url, {"outcome": "unsolved"}))

    assert asked == f"/q/{question.pk}/comment/?missing=1"
    shown = client.get(asked).content.decode()
    assert "还缺什么？" in shown
    assert "不写了，回到提问" in shown
    client.post(asked, {"text": "还差一张表。"})
    assert question.comments.get().text == "还差一张表。"
    # Any other says it on the question itself, whose whole page is new then.
    assert went(client.post(url, {"outcome": "solved"})) == f"/q/{question.pk}/"
    assert "又不行了，重新打开" in client.get(f"/me/q/{question.pk}/").content.decode()


def test_nobody_else_is_asked_what_is_missing(client, house):
    client.force_login(PersonFactory())

    shown = client.get(f"/q/{ask().pk}/comment/?missing=1").content.decode()

    assert "还缺什么" not in shown


def test_an_outcome_that_is_none_is_told_in_plain_text(client, house):
    asker = PersonFactory()
    question = ask(by=asker)
    client.force_login(asker)

    response = client.post(f"/q/{question.pk}/outcome/", {"outcome": "<b>great</b>"})

    assert (response.status_code, response["Content-Type"]) == (422, "text/plain")
    question.refresh_from_db()
    assert question.outcome == Outcome.OPEN


def acts(question, made):
    return [
        (f"/q/{question.pk}/follow/", {}),
        (f"/q/{question.pk}/follow/", {"undo": "1"}),
        (f"/a/{made.pk}/useful/", {}),
        (f"/a/{made.pk}/useful/", {"undo": "1"}),
        (f"/a/{made.pk}/accept/", {}),
        (f"/q/{question.pk}/outcome/", {"outcome": "solved"}),
    ]


def test_without_scripts_one_comes_to_the_acts_page_and_reads_what_was_refused(client, house):
    question = ask(by=PersonFactory())
    made = answer(question, by=PersonFactory())

    for url, data in acts(question, made):
        assert went(client.post(url, data)) == f"/q/{question.pk}/act/"
        shown = client.get(f"/q/{question.pk}/act/")
        (sentence,) = (str(message) for message in shown.context["messages"])
        assert sentence
        assert shown.content.decode().count(sentence) == 1
    assert counters(question) == {"peer": 1}


def test_with_scripts_one_gets_the_fragment_and_reads_what_was_refused(client, house):
    question = ask(by=PersonFactory())
    made = answer(question, by=PersonFactory())

    for url, data in acts(question, made):
        response = client.post(url, data, headers=HX, follow=True)
        assert response.redirect_chain == [(f"/me/q/{question.pk}/", 302)]
        (sentence,) = response.context["said"]
        assert sentence in response.content.decode()


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/", True),
        ("/q/1/?after=3", True),
        ("http://testserver/orgs/", True),
        ("", False),
        ("https://evil.example/", False),
        ("//evil.example/", False),
        ("///evil.example/", False),
        ("/\\evil.example/", False),
        ("\\\\evil.example", False),
        ("javascript:alert(1)", False),
        ("http:///evil.example", False),
        ("http://testserver@evil.example/", False),
        ("https://testserver.evil.example/", False),
        ("\x08//evil.example", False),
    ],
)
def test_next_leads_only_to_this_site(client, house, wanted, goes):
    question = ask()
    client.force_login(PersonFactory())

    where = went(client.post(f"/q/{question.pk}/follow/", {"next": wanted}))

    assert where == (wanted if goes else f"/q/{question.pk}/act/")


def test_acts_are_sent_and_never_fetched(client, house):
    question = ask()
    made = answer(question, by=PersonFactory())

    for url, _data in acts(question, made):
        assert client.get(url).status_code == 405


def test_acts_on_what_is_not_there_are_not_found(client, house):
    client.force_login(PersonFactory())

    for url in ("/q/99/follow/", "/q/99/outcome/", "/a/99/useful/", "/a/99/accept/"):
        assert client.post(url, {"outcome": "solved"}).status_code == 404
