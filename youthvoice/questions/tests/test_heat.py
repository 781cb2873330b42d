"""What is talked about is told by people, not by acts: the published formula."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, PersonFactory, answer, ask, member
from youthvoice.kit.holdings import Leaver
from youthvoice.questions import actions
from youthvoice.questions.actions import heat
from youthvoice.questions.choices import HideReason
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def people_in(question):
    """For how many people it stands where it stands; and the formula agrees."""
    assert heat.misplaced() == []
    found = Question.objects.get(pk=question.pk)
    return round(10 ** ((found.hot - found.asked_at.timestamp() / 3600) / 12.5) - 1, 3)


def say(question, person, text, **kwargs):
    return actions.comment(
        question=question, answer=None, text=text, by=Viewer(person), at=MONDAY, **kwargs
    )


def test_forty_comments_of_one_person_are_one_person(house):
    loud, calm = ask(), ask(title="两个人在说的事", key="6" * 32)
    person = PersonFactory()

    for number in range(40):
        say(loud, person, f"第 {number} 句")
    for number in range(2):
        say(calm, PersonFactory(), f"第 {number} 人")

    assert (people_in(loud), people_in(calm)) == (1, 2)
    first = Question.objects.filter(pk__in=[loud.pk, calm.pk]).order_by("-hot").first()
    assert first == calm


def test_whatever_one_does_is_one_and_is_none_when_it_goes(house):
    question, person = ask(), PersonFactory()
    by = Viewer(person)
    given = answer(question, by=PersonFactory())
    said = say(question, person, "说一句")
    actions.follow(question=question, by=by, at=MONDAY)
    actions.find_useful(answer=given, by=by, at=MONDAY)
    assert people_in(question) == 2

    actions.delete_comment(comment=said, by=by, at=MONDAY)
    actions.take_back_useful(answer=given, by=by, at=MONDAY)
    assert people_in(question) == 2
    actions.unfollow(question=question, by=by, at=MONDAY)
    assert people_in(question) == 1
    actions.hide(words=given, reason=HideReason.ABUSE, by=member(house.city), at=MONDAY)
    assert people_in(question) == 0
    actions.show_again(words=given, by=member(house.city), at=MONDAY)
    assert people_in(question) == 1


def test_bodies_and_the_asker_are_nobody(house):
    question = ask(by=PersonFactory())

    answer(question, by=member(house.city), organisation=house.city)
    say(question, question.author, "补一句")
    say(question, member(house.city), "我们看看。", organisation=house.city)

    assert people_in(question) == 0


def test_who_leaves_and_lets_their_answer_stand_is_none_there(house):
    question, person = ask(), PersonFactory()
    answer(question, by=person)

    actions.erase_people([Leaver(person.pk, answers_too=False)], at=MONDAY + timedelta(days=1))

    assert people_in(question) == 0
