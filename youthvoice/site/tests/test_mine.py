"""我的: what one asked, follows and answered under one's own name."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, PersonFactory, answer, ask, member
from youthvoice.questions import actions
from youthvoice.questions.policy import Viewer
from youthvoice.site.views.mine import TABS

pytestmark = pytest.mark.django_db


def shown(client, **query):
    response = client.get("/mine/", query)
    assert response.status_code == 200
    return response.context["questions"]


def test_it_needs_an_account_and_no_cache_keeps_it(client, house):
    assert client.get("/mine/").url == "/accounts/login/?next=/mine/"

    client.force_login(PersonFactory())
    assert "no-store" in client.get("/mine/")["Cache-Control"]
    assert client.post("/mine/").status_code == 405


def test_each_tab_shows_its_own_the_newest_first(client, house):
    person, other = PersonFactory(), PersonFactory()
    asked = [ask(by=person, at=MONDAY + timedelta(hours=n)) for n in range(3)]
    theirs = [ask(by=other, at=MONDAY + timedelta(hours=n)) for n in range(3)]
    actions.follow(question=theirs[2], by=Viewer(person), at=MONDAY + timedelta(hours=4))
    actions.follow(question=theirs[0], by=Viewer(person), at=MONDAY + timedelta(hours=5))
    answer(theirs[1], by=person)
    client.force_login(person)

    assert shown(client) == asked[::-1]
    assert shown(client, tab="nonsense") == asked[::-1]
    assert shown(client, tab="following") == [theirs[0], theirs[2]]
    assert shown(client, tab="answered") == [theirs[1]]


def test_tabs_tell_which_one_is_open(client, house):
    client.force_login(PersonFactory())

    tabs = client.get("/mine/", {"tab": "answered"}).context["tabs"]

    assert [(t["url"], t["current"]) for t in tabs] == [
        ("/mine/?tab=asked", False),
        ("/mine/?tab=following", False),
        ("/mine/?tab=answered", True),
    ]


def test_what_was_taken_back_is_not_listed(client, house):
    person = PersonFactory()
    own, followed = ask(by=person), ask(by=PersonFactory())
    made = answer(ask(), by=person)
    actions.follow(question=followed, by=Viewer(person), at=MONDAY)
    for question in (own, followed):
        actions.delete_question(question=question, by=Viewer(question.author), at=MONDAY)
    actions.delete_answer(answer=made, by=Viewer(person), at=MONDAY)
    client.force_login(person)

    for tab in TABS:
        assert shown(client, tab=tab) == []


def test_answers_for_an_organisation_are_among_ones_answers(client, house):
    staff = member(house.city)
    question = ask()
    answer(question, by=staff, organisation=house.city)
    client.force_login(staff)

    assert shown(client, tab="answered") == [question]


@pytest.mark.parametrize("tab", TABS)
def test_long_lists_come_in_pages_that_meet_and_never_overlap(client, house, tab):
    person = PersonFactory()
    for n in range(25):
        at = MONDAY + timedelta(minutes=n)
        question = ask(by=person if tab == "asked" else PersonFactory(), at=at)
        if tab == "following":
            actions.follow(question=question, by=Viewer(person), at=at)
        elif tab == "answered":
            answer(question, by=person, at=at)
    client.force_login(person)

    first = client.get("/mine/", {"tab": tab})
    second = client.get(first.context["next_url"])

    pages = [first.context["questions"], second.context["questions"]]
    assert [len(p) for p in pages] == [20, 5]
    times = [q.asked_at for page in pages for q in page]
    assert times == sorted(times, reverse=True)
    assert len(set(times)) == 25
    assert (first.context["first_url"], second.context["next_url"]) == ("", "")
    assert second.context["first_url"] == f"/mine/?tab={tab}"
