"""What taking part is stands in one place: the pulse and the topics count by it alike, and their
pages tell it in the same words."""

import pytest
from django.template.loader import render_to_string

from tests.factories import MONDAY, PersonFactory, answer, ask, member
from youthvoice.kit.recounting import recount
from youthvoice.questions import actions
from youthvoice.questions.choices import TallyName
from youthvoice.questions.models import ACTS, Answer, Comment, Follow, Question, Useful, taking_part
from youthvoice.questions.policy import Viewer
from youthvoice.questions.queries import tallies
from youthvoice.topics import actions as topics
from youthvoice.topics.actions import counting
from youthvoice.topics.models import Topic

pytestmark = pytest.mark.django_db
#: Each way, tried on a question that has an answer of an office's.
WAYS = {
    Question: lambda person, found: put(ask(by=person)),
    Answer: lambda person, found: answer(found, by=person),
    Comment: lambda person, found: actions.comment(
        question=found, answer=None, text="是", by=Viewer(person), at=MONDAY
    ),
    Follow: lambda person, found: actions.follow(question=found, by=Viewer(person), at=MONDAY),
    Useful: lambda person, found: actions.find_useful(
        answer=found.answers.get(), by=Viewer(person), at=MONDAY
    ),
}


def put(*asked, is_new=False):
    topic = Topic.objects.get()
    numbers = [one.pk for one in asked]
    by = member(topic.host)
    topics.put_into_topic(topic=topic, questions=numbers, by=by, at=MONDAY, is_new=is_new)


@pytest.fixture
def question(house):
    """Nameless, and alone in the only topic."""
    found = ask()
    answer(found, by=member(house.city), organisation=house.city)
    topics.make_topic(
        name="热水", intro="一句话。", host=house.city, by=member(house.city), at=MONDAY
    )
    put(found, is_new=True)
    return found


def counted():
    """By the pulse and by the topic, without the nameless asker; proved to be exact."""
    assert recount() == []
    return tallies()[TallyName.PEOPLE], Topic.objects.get().participant_count - 1


def test_every_way_is_tried():
    assert set(WAYS) == {act.model for act in ACTS}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_each_way_counts_a_person_in_both_and_staff_in_neither(question, house, way):
    WAYS[way](member(house.county), question)
    assert counted() == (0, 0)

    WAYS[way](PersonFactory(), question)
    assert counted() == (1, 1)


def test_what_the_one_place_says_goes_for_both(question, monkeypatch):
    """The control: with another rule there, both count otherwise."""
    none = taking_part.Act(Follow, "person", "at", "question__", {"person_id": 0})
    acts = [none if act.model is Follow else act for act in ACTS]
    monkeypatch.setattr(counting, "ACTS", acts)
    monkeypatch.setitem(taking_part._OF_MODEL, Follow, none)

    WAYS[Follow](PersonFactory(), question)

    assert counted() == (0, 0)


def test_both_pages_tell_it_in_the_same_words(question, client):
    words = render_to_string("questions/_taking_part.html").strip()

    assert "一人只算一次" in words
    for path in ("/pulse/", Topic.objects.get().get_absolute_url()):
        assert words in client.get(path).content.decode()
