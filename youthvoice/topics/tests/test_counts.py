"""A topic counts exactly its questions and its people, whatever happens to these."""

from datetime import timedelta

import pytest

from tests.factories import (
    MONDAY,
    PersonFactory,
    answer,
    ask,
    asker_of,
    member,
)
from youthvoice.importing.actions import import_row
from youthvoice.importing.tests.rows import row
from youthvoice.kit.holdings import Leaver
from youthvoice.kit.recounting import recount
from youthvoice.orgs.models import Membership
from youthvoice.questions import actions
from youthvoice.questions.choices import HideReason, Origin
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer
from youthvoice.topics import actions as topics
from youthvoice.topics.models import Participant, Topic

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def staff(house):
    return member(house.city)


@pytest.fixture
def topic(house, staff):
    return topics.make_topic(
        name="宿舍热水", intro="停了两周的热水。", host=house.city, by=staff, at=MONDAY
    )


@pytest.fixture
def put(topic, staff):
    def put(*asked, into=None):
        into = into or topic
        numbers = [one.pk for one in asked]
        return topics.put_into_topic(topic=into, questions=numbers, by=staff, at=LATER)

    return put


def counts(topic):
    """Questions and people, after proving that they are exact."""
    assert recount() == []
    found = Topic.objects.get(pk=topic.pk)
    return found.question_count, found.participant_count


def test_it_counts_the_questions_and_whoever_asked(topic, put, staff):
    asker = PersonFactory()
    put(ask(by=asker), ask(by=asker), ask(), ask(by=staff), ask(by=PersonFactory()))

    # Two of one person, one nameless, one by staff who are no participants, one of another.
    assert counts(topic) == (5, 3)


def test_each_way_of_taking_part_counts_a_person_once(topic, put, house):
    question = ask()
    made = answer(question, by=member(house.city), organisation=house.city)
    put(question)
    assert counts(topic) == (1, 1)
    person = PersonFactory()
    by = Viewer(person)

    answer(question, by=person)
    assert counts(topic) == (1, 2)
    actions.comment(question=question, answer=None, text="是", by=by, at=LATER)
    actions.follow(question=question, by=by, at=LATER)
    actions.find_useful(answer=made, by=by, at=LATER)
    assert counts(topic) == (1, 2)

    for act in (actions.follow, actions.unfollow, actions.follow):
        act(question=question, by=Viewer(PersonFactory()), at=LATER)
    assert counts(topic) == (1, 4)


def test_whoever_takes_back_all_they_did_is_no_longer_counted(topic, put):
    question, person = ask(), PersonFactory()
    by = Viewer(person)
    put(question)
    actions.follow(question=question, by=by, at=LATER)
    said = actions.comment(question=question, answer=None, text="是", by=by, at=LATER)
    made = answer(question, by=person, at=LATER)

    actions.unfollow(question=question, by=by, at=LATER)
    actions.delete_comment(comment=said, by=by, at=LATER)
    assert counts(topic) == (1, 2)
    actions.delete_answer(answer=made, by=by, at=LATER)
    assert counts(topic) == (1, 1)


def test_the_askers_own_words_count_nobody_anew(topic, put):
    for question in (ask(), ask(by=PersonFactory())):
        put(question)
        actions.comment(
            question=question, answer=None, text="补充", by=asker_of(question), at=LATER
        )
    assert counts(topic) == (2, 2)
    assert Participant.objects.count() == 1


def test_staff_are_counted_apart_and_what_they_did_as_staff_stays_so(topic, put, house):
    question, worker = ask(), member(house.county)
    put(question)
    answer(question, by=worker, organisation=house.county)
    actions.comment(question=question, answer=None, text="我看看", by=Viewer(worker), at=LATER)
    assert counts(topic) == (1, 1)

    Membership.objects.filter(person=worker).delete()
    ask(by=worker, at=LATER + timedelta(days=1))
    assert counts(topic) == (1, 1)
    actions.follow(question=question, by=Viewer(worker), at=LATER + timedelta(days=2))
    assert counts(topic) == (1, 2)


@pytest.mark.parametrize("way", ["deleted", "hidden", "withheld", "taken out"])
def test_a_question_that_goes_takes_its_people_along(topic, put, staff, way):
    both, only = PersonFactory(), PersonFactory()
    stays, goes = ask(by=PersonFactory()), ask(by=PersonFactory())
    put(stays, goes)
    for question, person in ((stays, both), (goes, both), (goes, only)):
        answer(question, by=person)
    assert counts(topic) == (2, 4)

    if way == "deleted":
        actions.delete_question(question=goes, by=asker_of(goes), at=LATER)
    elif way == "hidden":
        actions.hide(words=goes, reason=HideReason.SPAM, by=staff, at=LATER)
    elif way == "withheld":
        actions.withhold_question(question=goes, by=None, at=LATER)
    else:
        topics.take_out_of_topic(topic=topic, question=goes.pk, by=staff, at=LATER)
    assert counts(topic) == (1, 2)

    if way == "hidden":
        actions.show_again(words=goes, by=staff, at=LATER)
    elif way == "withheld":
        goes.refresh_from_db()
        actions.release_question(question=goes, by=staff, at=LATER)
    elif way == "taken out":
        put(goes)
    assert counts(topic) == ((1, 2) if way == "deleted" else (2, 4))


def test_a_question_with_many_people_takes_and_brings_exactly_them(topic, put, staff):
    stays, goes = ask(by=PersonFactory()), ask()
    put(stays)
    people = [PersonFactory() for _ in range(9)]
    for person in people:
        actions.follow(question=goes, by=Viewer(person), at=LATER)
    actions.follow(question=stays, by=Viewer(people[0]), at=LATER)
    actions.unfollow(question=goes, by=Viewer(people[1]), at=LATER)

    put(goes)
    assert counts(topic) == (2, 1 + 1 + 8)
    actions.withhold_question(question=goes, by=None, at=LATER)
    assert counts(topic) == (1, 1 + 1)


@pytest.mark.parametrize("answers_too", [True, False])
def test_whoever_leaves_is_counted_no_more(topic, put, answers_too):
    question, leaver = ask(by=PersonFactory()), PersonFactory()
    by = Viewer(leaver)
    own = ask(by=leaver)
    put(question, own)
    made = answer(question, by=PersonFactory())
    answer(question, by=leaver)
    actions.comment(question=question, answer=None, text="是", by=by, at=LATER)
    actions.follow(question=question, by=by, at=LATER)
    actions.find_useful(answer=made, by=by, at=LATER)
    assert counts(topic) == (2, 3)

    actions.erase_people([Leaver(leaver.pk, answers_too)], at=LATER)

    assert counts(topic) == (1, 2)
    assert not Participant.objects.filter(person=leaver).exists()


def test_an_erased_nameless_question_is_counted_no_more(topic, put):
    question = ask()
    put(question, ask())

    actions.erase_nameless_question(question=question, by=asker_of(question), at=LATER)

    assert counts(topic) == (1, 1)


def test_imported_questions_are_counted_apart(topic, put, house):
    import_row(row(), source="old", at=LATER)
    imported = Question.objects.get(origin=Origin.IMPORTED)
    put(imported, ask())
    reader = Viewer(PersonFactory())
    actions.follow(question=imported, by=reader, at=LATER)

    # Who follows it is somebody of this house; who asked it is not.
    assert counts(topic) == (1, 2)


def test_a_person_counts_in_each_of_a_questions_topics(house, topic, put, staff):
    other = topics.make_topic(
        name="后勤", intro="学校的后勤。", host=house.city, by=staff, at=MONDAY
    )
    question, apart = ask(), ask()
    put(question)
    put(question, apart, into=other)

    answer(question, by=PersonFactory())
    answer(apart, by=PersonFactory())

    assert counts(topic) == (1, 2)
    assert counts(other) == (2, 4)


def test_what_is_said_moves_a_topic_to_the_top_and_quiet_acts_do_not(house, topic, put, staff):
    question, other = ask(), PersonFactory()
    put(question)

    def active():
        return Topic.objects.get(pk=topic.pk).active_at

    assert active() == LATER
    actions.follow(question=question, by=Viewer(other), at=LATER + timedelta(hours=1))
    assert active() == LATER
    answer(question, by=staff, organisation=house.city, at=LATER + timedelta(hours=2))
    assert active() == LATER + timedelta(hours=2)
    answer(question, by=other, at=LATER)
    assert active() == LATER + timedelta(hours=2)


def test_wrong_numbers_are_told_and_mended(topic, put):
    question = ask(by=PersonFactory())
    put(question)
    stranger = PersonFactory()
    Topic.objects.filter(pk=topic.pk).update(question_count=7, participant_count=9)
    Participant.objects.create(topic=topic, person=stranger)
    name = f"topics.topic:{topic.pk}"

    drifts = [(d.name, d.kept, d.counted) for d in recount()]

    assert drifts == [
        (f"{name} people", 2, 1),
        (f"{name} questions", 7, 1),
        (f"{name} participants", 9, 1),
    ]
    assert counts(topic) == (1, 1)
