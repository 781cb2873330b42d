"""What was typed comes back when its form could not be taken, and only to who typed it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from tests.factories import MONDAY, PASSWORD, PersonFactory, answer, ask, member
from youthvoice.limits.choices import What
from youthvoice.limits.tests.filling import fill
from youthvoice.questions import actions as questions
from youthvoice.site.keeping import TAKEN

pytestmark = pytest.mark.django_db
WORDS = "先找班主任开证明，再去社区。\n不行就打 12355。"
OURS = {"headers": {"origin": "http://testserver"}}


def came_from(path):
    return {"headers": {"origin": "http://testserver", "referer": f"http://testserver{path}"}}


def test_words_of_an_ended_session_come_back_and_the_way_leads_to_their_page(client, house):
    question = ask()
    path = reverse("desks:work", args=[question.pk])
    sent = {"text": WORDS, "version": "1", "mark": "abcdef"}

    shown = client.post(f"{path}reply/", sent, **came_from(path))

    assert shown.status_code == 403
    assert shown.context["words"] == [WORDS]
    assert WORDS in shown.content.decode()
    assert shown.context["there"] == f"/accounts/login/?next={path.replace('/', '%2F')}"
    assert "no-store" in shown["Cache-Control"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"referer": "https://evil.example/cases/1/"},
        {"origin": "https://evil.example", "referer": "http://testserver/"},
    ],
)
def test_another_site_says_nothing_on_our_pages(house, headers):
    question = ask()
    path = f"/cases/{question.pk}/reply/"
    open_door, careful = Client(), Client(enforce_csrf_checks=True)

    assert open_door.post(path, {"text": WORDS}, headers=headers).status_code == 302
    refused = careful.post(path, {"text": WORDS}, headers=headers)
    assert refused.status_code == 403
    assert WORDS not in refused.content.decode()


def test_the_way_back_never_leads_to_another_site(house):
    browser = Client(enforce_csrf_checks=True)

    shown = browser.post("/q/1/answer/", {"text": WORDS}, **came_from("//evil.example/a?b=c"))

    assert shown.context["there"] == "/evil.example/a?b=c"


def test_an_old_token_gives_the_words_back(house):
    question, browser = ask(), Client(enforce_csrf_checks=True)
    browser.force_login(PersonFactory())
    path = f"/q/{question.pk}/answer/"

    shown = browser.post(path, {"text": WORDS, "csrfmiddlewaretoken": "x" * 32}, **came_from(path))

    assert shown.status_code == 403
    assert shown.context["words"] == [WORDS]
    assert f'href="{path}"' in shown.content.decode()


@pytest.mark.parametrize("act", ["comment", "answer", "edit"])
def test_who_may_no_longer_know_of_a_question_gets_their_words_back(client, house, act):
    """As its asker under another account: the page is that of a question that never was."""
    client.force_login(PersonFactory())
    pages = []
    for number in (withheld().pk, 99999):
        path = f"/q/{number}/{act}/"
        page = client.post(path, {"title": "标题", "text": WORDS}, **came_from(path))
        assert (page.status_code, page.context["words"]) == (404, ["标题", WORDS])
        pages.append(page.content.decode().replace(path, ""))
    assert pages[0] == pages[1]
    elsewhere = client.post(path, {"text": WORDS}, headers={"origin": "https://evil.example"})
    assert (elsewhere.status_code, WORDS in elsewhere.content.decode()) == (404, False)


def withheld():
    question = ask(by=PersonFactory())
    questions.withhold_question(question=question, by=None, at=MONDAY)
    return question


def test_who_may_not_or_has_written_too_much_gets_their_words_back(client, house):
    client.force_login(PersonFactory())
    path = "/desk/tuan-410100/canned/"
    refused = client.post(path, {"text": WORDS}, **came_from(path))
    assert (refused.status_code, refused.context["words"]) == (403, [WORDS])

    fill(What.REPORT, "127.0.0.1")
    sent = {"reason": "spam", "note": WORDS}
    late = client.post(f"/report/question/{ask().pk}/", sent, **OURS)
    assert late.status_code == 429
    assert WORDS in late.content.decode()


def test_operators_get_back_what_they_wrote_but_no_password(client):
    path = "/admin/safety/helpline/add/"
    sent = {"name": WORDS, "new_password1": f"{PASSWORD} 口令"}

    shown = client.post(path, sent, **came_from(path))

    assert (shown.status_code, shown.context["words"]) == (403, [WORDS])
    assert shown.context["there"] == f"/admin/login/?next={path.replace('/', '%2F')}"
    assert TAKEN not in shown.cookies


def test_what_no_form_of_ours_holds_is_not_drawn_anew(house):
    """It would cost the more, the more is sent."""
    browser, path = Client(enforce_csrf_checks=True), "/ask/"
    sent = {"text": "<" * 300_000, "note": WORDS, **{f"x{n}": "字" * 5000 for n in range(9)}}

    shown = browser.post(path, sent, **came_from(path))

    assert shown.context["words"] == [WORDS, *["字" * 5000] * 3]


def test_what_is_typed_at_one_s_account_is_never_given_back(house):
    browser = Client(enforce_csrf_checks=True)
    sent = {"login": "小 秦", "password": f"{PASSWORD} 口令"}

    shown = browser.post("/accounts/login/", sent, **OURS)

    assert shown.status_code == 403
    assert not any(word in shown.content.decode() for word in sent.values())


def test_what_was_taken_is_told_to_the_script_and_what_was_not_is_not(client, house):
    question = ask()
    client.force_login(PersonFactory())
    path = f"/q/{question.pk}/answer/"

    assert TAKEN not in client.post(path, {"text": ""}, **OURS).cookies
    assert TAKEN not in client.post(f"/q/{question.pk}/follow/", **OURS).cookies
    done = client.post(path, {"text": WORDS}, **OURS)
    assert done.status_code == 302
    assert done.cookies[TAKEN].value == path.replace("/", "%2F")


def test_what_could_not_be_done_and_sent_on_is_not_taken(client, house):
    person = member(house.city)
    given = answer(ask(), by=person, organisation=house.city)
    client.force_login(person)
    path = f"/answers/{given.pk}/promise/"
    sent = {"text": WORDS, "due_on": str(timezone.localdate() + timedelta(days=9))}

    first, second = (client.post(path, sent, **OURS) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert TAKEN in first.cookies
    # There is a promise already.
    assert TAKEN not in second.cookies


def test_the_way_on_leads_to_the_lane_that_the_form_was_about(client, house):
    question = ask()
    client.force_login(member(house.city))
    page = reverse("desks:work", args=[question.pk])

    shown = client.get(f"{page}reply/?lane=12&who=%22%3E")

    assert (shown.status_code, shown.context["there"]) == (405, f"{page}?lane=12&who=%22%3E")
    # Where the way leads home, it says so.
    home = client.get("/a/1/useful/?x=1")
    assert home.context["there"] == "/"
    assert "回首页" in home.text
    assert "去那一页" not in home.text


def _only_post(patterns, before=""):
    for one in patterns:
        route = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from _only_post(one.url_patterns, route)
        elif not route.startswith(("admin/", "accounts/", "demo/", "^", "media/")):
            yield re.sub(r"<int:\w+>", "1", re.sub(r"<slug:\w+>", "henan", route))


def test_every_address_that_takes_no_look_says_so_in_words_and_knows_a_way_on(client, house):
    ask()
    client.force_login(PersonFactory())
    found = {}
    for route in _only_post(get_resolver().url_patterns):
        if "<" in route:
            continue
        shown = client.get(f"/{route}")
        if shown.status_code == 405:
            found[route] = shown

    assert len(found) >= 15
    for route, shown in found.items():
        assert "这个地址不能直接打开" in shown.content.decode(), route
        assert "POST" in shown["Allow"]
        way = shown.context["there"]
        assert way != f"/{route}"
        assert client.get(way).status_code in (200, 302, 403, 404), route
        assert client.get(way).status_code != 405, route
