"""Topics made, filled, emptied and closed by many at once, while people take part in them."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connections

from tests import together
from tests.factories import MONDAY, PersonFactory, answer, ask, member
from tests.together import PATIENCE
from youthvoice.cases.tests.working import case_of
from youthvoice.gathering import actions
from youthvoice.gathering.actions import UnableToMakeTopic
from youthvoice.journal import queries as journal
from youthvoice.kit.recounting import recount
from youthvoice.questions import actions as questions
from youthvoice.questions.policy import Viewer
from youthvoice.topics import actions as topics
from youthvoice.topics.actions import UnableToClose, counting
from youthvoice.topics.models import Participant, Tag, Topic

pytestmark = pytest.mark.django_db(transaction=True)
at_once = partial(
    together.at_once, refused=(UnableToMakeTopic, UnableToClose, questions.UnableToFollow)
)


def make(house, name, *asked, by):
    cases = [case_of(question) for question in asked]
    return actions.make_topic(
        cases=cases, name=name, intro="一句话。", host=house.city, by=by, at=MONDAY
    )


def test_of_two_who_take_one_name_one_has_it(house):
    people = [member(house.city) for _ in range(4)]
    asked = [ask() for _ in people]

    results = at_once(
        *(
            lambda one=one, by=by: make(house, "宿舍热水", one, by=by)
            for one, by in zip(asked, people, strict=True)
        )
    )

    assert sum(isinstance(result, Topic) for result in results) == 1
    assert Topic.objects.get().question_count == Tag.objects.count() == 1


def test_one_person_who_acts_in_many_places_at_once_counts_once(house):
    staff = member(house.city)
    asked = [ask() for _ in range(6)]
    topic = make(house, "宿舍热水", *asked, by=staff)
    person = PersonFactory()

    at_once(
        *(
            lambda one=one: questions.follow(question=one, by=Viewer(person), at=MONDAY)
            for one in asked
        )
    )

    assert recount() == []
    assert Participant.objects.filter(topic=topic).count() == 1
    assert Topic.objects.get().participant_count == 6 + 1


def test_nothing_goes_into_a_topic_while_it_is_closed(house):
    staff = [member(house.city) for _ in range(3)]
    for n in range(4):
        topic = make(house, f"话题{n}", ask(), by=staff[0])
        more = [[case_of(ask())] for _ in range(2)]

        results = at_once(
            lambda topic=topic: topics.close_topic(topic=topic, by=staff[0], at=MONDAY),
            *(
                lambda cases=cases, by=by, topic=topic: actions.add_to_topic(
                    cases=cases, topic=topic, by=by, at=MONDAY
                )
                for cases, by in zip(more, staff[1:], strict=True)
            ),
        )

        added = sum(result == 1 for result in results[1:])
        assert Tag.objects.filter(topic=topic).count() == 1 + added
    assert recount() == []


def test_acts_of_all_kinds_at_once_leave_exact_numbers_and_meet_in_no_ring(house):
    staff = [member(house.city) for _ in range(3)]
    asked = [ask(by=PersonFactory()) for _ in range(4)]
    one = make(house, "热水", *asked[:2], by=staff[0])
    two = make(house, "公交", *asked[1:3], by=staff[0])
    readers = [PersonFactory() for _ in range(4)]

    def stir(place):
        chance = random.Random(place)
        person = readers[place % len(readers)]
        for n in range(6):
            question, topic = chance.choice(asked), chance.choice([one, two])
            acts = [
                lambda q=question: questions.follow(question=q, by=Viewer(person), at=MONDAY),
                lambda q=question: questions.unfollow(question=q, by=Viewer(person), at=MONDAY),
                lambda q=question, n=n: answer(q, by=person, text=f"{place} {n}", at=MONDAY),
                lambda q=question, t=topic: actions.add_to_topic(
                    cases=[case_of(q)], topic=t, by=staff[place % 3], at=MONDAY
                ),
                lambda q=question, t=topic: actions.remove_from_topic(
                    topic=t, question=q.pk, by=staff[place % 3], at=MONDAY
                ),
            ]
            try:
                chance.choice(acts)()
            except UnableToMakeTopic:
                continue

    at_once(*(lambda place=place: stir(place) for place in range(5)))

    assert recount() == []
    assert list(journal.faults()) == []


def test_the_race_is_real_without_the_lock(house, monkeypatch):
    """A control: were a person's rows looked at before, and not behind, the lock, two would
    be counted."""
    staff, person = member(house.city), PersonFactory()
    asked = [ask() for _ in range(2)]
    topic = make(house, "宿舍热水", *asked, by=staff)
    seen = threading.Barrier(2)

    def early(place):
        try:
            before = set(counting.taking_part(topic=topic.pk, people=[person.pk]))
            seen.wait(PATIENCE)
            questions.follow(question=asked[place], by=Viewer(person), at=MONDAY)
            return before == set()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        new = list(pool.map(early, range(2), timeout=PATIENCE))

    assert new == [True, True]
    assert Topic.objects.get().participant_count == 2 + 1
