"""A stone in place of words: they are nowhere on a page, count nowhere, and can come back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import MONDAY, PersonFactory, answer, ask, asker_of, member
from youthvoice.questions import actions
from youthvoice.questions.choices import HideReason
from youthvoice.questions.models import Answer, Comment, Hidden, Question, Useful
from youthvoice.questions.policy import Viewer
from youthvoice.questions.tests.watching import counters, entries_since, numbers, seq

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=5)


def hide(words, by, reason=HideReason.ABUSE):
    return actions.hide(words=words, reason=reason, by=by, at=LATER)


def values(words):
    """All columns of the row and of its question."""
    found = type(words).objects.filter(pk=words.pk).values()[0]
    question = getattr(words, "question_id", words.pk)
    return found, Question.objects.filter(pk=question).values()[0]


@pytest.fixture
def by(house):
    return member(house.city)


@pytest.fixture
def talk(house):
    """A question with an accepted answer, somebody's thanks for it, and comments on both."""
    question = ask(by=PersonFactory(), title="一个标题在这里", text="提问的话")
    peer = answer(question, by=PersonFactory(), text="回答的话")
    actions.find_useful(answer=peer, by=Viewer(PersonFactory()), at=MONDAY)
    actions.accept_answer(answer=peer, accepted=True, by=asker_of(question), at=MONDAY)
    talker = Viewer(PersonFactory())
    comments = [
        actions.comment(question=question, answer=under, text=text, by=talker, at=MONDAY)
        for under, text in ((None, "评论的话"), (peer, "回复的话"))
    ]
    return {"question": question, "answer": peer, "comment": comments[0], "reply": comments[1]}


KINDS = ["question", "answer", "comment", "reply"]


@pytest.mark.parametrize("kind", KINDS)
def test_hidden_words_are_on_no_page_and_come_back_as_they_were(client, talk, by, kind):
    words = talk[kind]
    words.refresh_from_db()
    before, text = values(words), words.text
    url = f"/q/{talk['question'].pk}/"

    assert hide(words, by)

    page = client.get(url).content.decode()
    assert text not in page
    assert "按规则隐藏" in page
    assert "辱骂、威胁别人" in page
    assert f"/rules/#{HideReason.ABUSE}" in page
    assert Hidden.objects.get().text == text
    numbers()

    assert actions.show_again(words=words, by=by, at=LATER)

    assert values(words) == before
    assert text in client.get(url).content.decode()
    assert Hidden.objects.count() == 0
    numbers()


def test_what_is_hidden_counts_nowhere(talk, by):
    assert counters(talk["question"]) == {"peer": 1, "comment": 2, "useful": 1}
    hide(talk["answer"], by)
    assert counters(talk["question"]) == {"comment": 2}
    hide(talk["comment"], by)
    hide(talk["reply"], by)
    assert counters(talk["question"]) == {}
    assert "questions" in numbers()
    hide(talk["question"], by)
    assert "questions" not in numbers()


@pytest.mark.parametrize("kind", KINDS)
def test_the_journal_tells_the_reason_and_no_word(talk, by, kind):
    words, before = talk[kind], seq()

    hide(words, by)
    actions.show_again(words=words, by=by, at=LATER)

    name, question = words._meta.model_name, talk["question"].pk
    subject = f"questions.{name}:{words.pk}"
    assert entries_since(before)[:1] == [
        (f"{name}.hidden", subject, by.pk, {"question": question, "reason": "abuse"})
    ]
    assert entries_since(before)[-1] == (f"{name}.shown", subject, by.pk, {"question": question})


@pytest.mark.parametrize("kind", KINDS)
def test_twice_is_once(talk, by, kind):
    words = talk[kind]
    assert not actions.show_again(words=words, by=by, at=LATER)
    assert hide(words, by)
    assert not hide(words, by)
    assert actions.show_again(words=words, by=by, at=LATER)
    assert not actions.show_again(words=words, by=by, at=LATER)


def test_words_taken_back_can_not_be_hidden(talk, by):
    actions.delete_question(question=talk["question"], by=asker_of(talk["question"]), at=LATER)

    assert not hide(talk["question"], by)
    assert Hidden.objects.count() == 0


def test_votes_that_changed_meanwhile_are_counted_when_an_answer_comes_back(talk, by):
    late = Viewer(PersonFactory())
    hide(talk["answer"], by)
    with pytest.raises(actions.UnableToVote):
        actions.find_useful(answer=talk["answer"], by=late, at=LATER)
    Useful.objects.all().delete()
    Answer.objects.update(useful_count=0)

    actions.show_again(words=talk["answer"], by=by, at=LATER)

    assert counters(talk["question"]) == {"peer": 1, "comment": 2}
    numbers()


def test_its_writer_can_not_change_what_is_hidden(talk, by):
    question = talk["question"]
    hide(question, by)

    with pytest.raises(actions.UnableToEdit):
        actions.edit_question(
            question=question, title="换一个标题吧", text="换了", by=asker_of(question), at=LATER
        )
    with pytest.raises(actions.UnableToDelete):
        actions.delete_question(question=question, by=asker_of(question), at=LATER)


@pytest.mark.parametrize("model", [Question, Answer, Comment])
def test_no_row_says_hidden_while_its_words_stand(talk, model):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(hidden_reason="spam")


def test_its_asker_still_finds_it_among_their_own(client, talk, by):
    hide(talk["question"], by)
    client.force_login(talk["question"].author)

    page = client.get("/mine/").content.decode()

    assert "按规则隐藏的提问" in page
    assert "一个标题在这里" not in page


def test_a_stone_answers_200_for_it_may_come_back(client, talk, by):
    hide(talk["question"], by)
    assert client.get(f"/q/{talk['question'].pk}/").status_code == 200
