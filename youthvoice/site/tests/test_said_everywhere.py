"""Whoever works on a question, or answers it, sees what everybody sees of it."""

from datetime import date

import pytest

from tests.factories import MONDAY, PersonFactory, answer, ask, member
from youthvoice.cases.tests.working import case_of, own
from youthvoice.gathering import actions as gathering
from youthvoice.promises import actions as promises
from youthvoice.questions import actions
from youthvoice.questions.choices import HideReason
from youthvoice.questions.models import Picture
from youthvoice.questions.policy import Viewer

pytestmark = pytest.mark.django_db
PAGES = ("/q/{}/", "/cases/{}/", "/q/{}/answer/")
DAY = date(2026, 3, 9)
PICTURE = "ab" * 16


@pytest.fixture
def question(house):
    """With a picture, answers of a body and of a peer, and a comment on each and on itself."""
    made = ask(text="原话里的一句。")
    sizes = dict.fromkeys(("width", "height", "thumb_width", "thumb_height"), 9)
    Picture.objects.create(question=made, position=0, name=PICTURE, **sizes)
    answer(made, by=member(house.experts), organisation=house.experts, text="专家说的一句。")
    peer = answer(made, by=PersonFactory(), text="同龄人说的一句。")
    for target, words in ((None, "对提问说的一句。"), (peer, "对回答说的一句。")):
        by = Viewer(PersonFactory())
        actions.comment(question=made, answer=target, text=words, by=by, at=MONDAY)
    return made


@pytest.mark.parametrize("page", PAGES)
def test_words_pictures_answers_and_comments(client, house, question, page):
    client.force_login(member(house.city))

    shown = client.get(page.format(question.pk)).text

    for words in ("原话里", "专家说", "同龄人说", "对提问说", "对回答说"):
        assert f"{words}的一句。" in shown, words
    assert PICTURE in shown


@pytest.mark.parametrize("page", PAGES)
def test_what_is_hidden_is_hidden_there_too(client, house, question, page):
    lead = member(house.city)
    hidden = question.answers.get(organisation=None)
    actions.hide(words=hidden, reason=HideReason.SPAM, by=lead, at=MONDAY)
    client.force_login(lead)

    shown = client.get(page.format(question.pk)).text

    assert "同龄人说的一句。" not in shown
    assert "专家说的一句。" in shown


@pytest.mark.parametrize("page", PAGES[1:])
def test_of_no_answers_none_are_counted(client, house, page):
    made, by = ask(), member(house.city)
    given = answer(made, by=by, organisation=house.city, at=MONDAY)
    actions.delete_answer(answer=given, by=Viewer(by), at=MONDAY)
    client.force_login(by)

    shown = client.get(page.format(made.pk)).text

    assert "回答撤下了" in shown
    assert "0 个回答" not in shown


@pytest.mark.parametrize("page", PAGES[1:])
def test_it_stays_in_sight_when_the_form_comes_back(client, house, question, page):
    client.force_login(member(house.city))
    lane = own(question)
    seen = {"version": question.case.version, "lane": lane.pk, "mark": lane.mark, "text": ""}
    path = page.format(question.pk)

    response = client.post(path if "answer" in path else f"{path}reply/", seen)

    assert response.status_code == 422
    assert "专家说的一句。" in response.text


@pytest.mark.parametrize("page", PAGES)
def test_what_is_promised_under_an_answer(client, house, page):
    made, by = ask(), member(house.city)
    given = answer(made, by=by, organisation=house.city, at=MONDAY)
    promises.promise(answer=given, text="换好充电桩", due_on=DAY, by=by, at=MONDAY)
    client.force_login(by)

    assert "承诺：2026年3月9日前，换好充电桩" in client.get(page.format(made.pk)).text


@pytest.mark.parametrize("page", PAGES)
def test_what_the_lead_of_a_merged_one_was_answered_and_promised(client, house, page):
    lead, made, by = ask(title="楼下的充电桩"), ask(), member(house.city)
    gathering.merge(cases=[case_of(made)], into=case_of(lead), by=by, at=MONDAY)
    given = answer(lead, by=by, organisation=house.city, text="已经去看了。", at=MONDAY)
    promises.promise(answer=given, text="换好充电桩", due_on=DAY, by=by, at=MONDAY)
    client.force_login(by)

    shown = client.get(page.format(made.pk)).text

    for words in ("是同一件事，一起办理", "已经去看了。", "承诺：2026年3月9日前，换好充电桩"):
        assert words in shown, words
