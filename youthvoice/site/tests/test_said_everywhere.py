"""Whoever works on a question, or answers it, sees what everybody sees of it."""

import pytest

from tests.factories import MONDAY, PersonFactory, answer, ask, member
from youthvoice.cases.tests.working import own
from youthvoice.questions import actions
from youthvoice.questions.choices import HideReason
from youthvoice.questions.models import Picture
from youthvoice.questions.policy import Viewer

pytestmark = pytest.mark.django_db
PAGES = ("/q/{}/", "/cases/{}/", "/q/{}/answer/")
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
def test_it_stays_in_sight_when_the_form_comes_back(client, house, question, page):
    client.force_login(member(house.city))
    lane = own(question)
    seen = {"version": question.case.version, "lane": lane.pk, "mark": lane.mark, "text": ""}
    path = page.format(question.pk)

    response = client.post(path if "answer" in path else f"{path}reply/", seen)

    assert response.status_code == 422
    assert "专家说的一句。" in response.text
