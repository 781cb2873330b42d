"""One nameless question from asking to its stone, through the pages as people use them."""

import re

import pytest
from django.test import Client

from tests.factories import SIGN_UP, PersonFactory, member
from youthvoice.journal import queries as journal
from youthvoice.journal.models import Entry
from youthvoice.kit.recounting import recount
from youthvoice.pictures.tests.photos import upload
from youthvoice.questions.models import Question

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
BROWSER = {"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/120.0"}


def somebody(person=None):
    client = Client(headers=BROWSER)
    if person is not None:
        client.force_login(person)
    return client


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def went(response):
    assert response.status_code == 302
    return response.url


def test_a_nameless_question_is_asked_answered_reopened_solved_and_taken_back(house, reads):
    asker, staff = somebody(), somebody(member(house.county, nickname="小孟"))
    peer = somebody(PersonFactory(nickname="过来人"))

    # Somebody signed out asks, with a picture, and keeps the receipt.
    key = re.search(r'name="key" value="([0-9a-f]+)"', text(asker.get("/ask/?field=life")))[1]
    sent = text(
        asker.post(
            "/ask/",
            {
                "key": key,
                "kind": "help",
                "field": "life",
                "title": "楼下的路灯坏了两周",
                "text": "晚上回家看不清台阶。",
                "region": "410122",
                "name_choice": "nameless",
                "pictures": [upload()],
            },
        )
    )
    receipt = re.search(r"\d{4} \d{4} \d{4} \d{4}", sent)[0]
    question = Question.objects.get()
    url = f"/q/{question.pk}/"

    # The committee of the county has it on its desk, and the house on its front page.
    assert "楼下的路灯坏了两周" in text(staff.get("/desk/"))
    assert "还在等" in text(somebody().get("/"))

    # A peer and the committee answer; the desk is empty.
    went(peer.post(f"{url}answer/", {"text": "先打给物业，我们那里三天就修了。"}))
    official = {"text": "已经联系路灯所。", "sign_as": house.county.pk}
    went(staff.post(f"{url}answer/", official))
    assert "楼下的路灯坏了两周" not in text(staff.get("/desk/"))
    by_peer, by_county = question.answers.order_by("pk")

    # On another telephone the receipt opens the asker's side: not solved yet.
    other = somebody()
    assert "解决了吗" not in text(other.get(f"/me{url}"))
    assert went(other.post("/receipt/", {"code": receipt.replace(" ", "-")})) == url
    went(other.post(f"/a/{by_peer.pk}/accept/"))
    went(other.post(f"{url}comment/", {"text": "还是黑的。"}))
    went(other.post(f"{url}outcome/", {"outcome": "unsolved"}))
    assert "楼下的路灯坏了两周" in text(staff.get("/desk/"))

    # The committee answers again; now it is solved, and everybody sees the way it went.
    went(staff.post(f"{url}answer/", {"text": "今晚修好了。", "sign_as": house.county.pk}))
    went(other.post(f"{url}outcome/", {"outcome": "solved"}))
    shown = text(somebody().get(url))
    steps = [
        "提出",
        "已转给 团中牟县委",
        "有青年回答了",
        "团中牟县委 回答了",
        "提问者说：没解决",
        "团中牟县委 回答了",
        "提问者说：解决了",
    ]
    place = -1
    for words in steps:
        place = shown.index(words, place + 1)
    assert shown.index("先打给物业") < shown.index("已经联系路灯所") < shown.index("今晚修好了")
    assert "楼下的路灯坏了两周" in text(somebody().get("/?show=solved"))

    # Back on the first telephone the asker takes the question back; a stone stays.
    went(asker.post(f"{url}delete/"))
    stone = text(somebody().get(url), 410)
    assert "路灯坏了两周" not in stone
    assert "今晚修好了" in stone
    assert "楼下的路灯坏了两周" not in text(somebody().get("/"))

    # The journal holds, the numbers are exact, and no act of the asker has an actor.
    assert list(journal.faults()) == []
    assert recount() == []
    acts = Entry.objects.filter(subject=f"questions.question:{question.pk}")
    assert [(e.verb, e.actor) for e in acts.order_by("seq")] == [
        ("question.asked", None),
        ("question.marked", None),
        ("question.marked", None),
        ("question.deleted", None),
    ]
    by_county.refresh_from_db()
    assert by_county.text == "已经联系路灯所。"


def test_a_young_person_signs_up_asks_by_name_and_finds_everything_under_mine(house, reads):
    client = somebody()
    went(
        client.post(
            "/accounts/signup/",
            {
                "username": "ashu",
                "nickname": "阿树",
                "email": "",
                "password1": "kaifeng-baozi-7",
                "password2": "kaifeng-baozi-7",
                **SIGN_UP,
            },
        )
    )
    assert "阿树" in text(client.get("/me/bar/"))

    form = {
        "key": "a" * 32,
        "kind": "consult",
        "field": "work",
        "title": "试用期可以不签合同吗",
        "text": "入职三周了。",
        "region": "410100",
        "name_choice": "named",
    }
    assert "/mine/" in text(client.post("/ask/", form))
    question = Question.objects.get()
    assert (question.author.nickname, question.case.holder) == ("阿树", house.city)
    assert question.title in text(client.get("/mine/"))
    shown = text(somebody().get(f"/q/{question.pk}/"))
    assert "阿树" in shown
    assert "ashu" not in shown

    other = somebody(PersonFactory())
    went(other.post(f"/q/{question.pk}/follow/"))
    assert question.title in text(other.get("/mine/?tab=following"))
    pulse = somebody().get("/").context["pulse"]
    assert (pulse["questions"], pulse["participants"]) == (1, 2)
