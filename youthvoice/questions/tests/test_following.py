"""我也想问 and 有用: once a person, taken back as easily, counted exactly."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, NOBODY, PersonFactory, answer, ask, asker_of, member
from youthvoice.kit.receipts import code_for
from youthvoice.questions import actions
from youthvoice.questions.models import Answer, Follow, Question, Useful
from youthvoice.questions.policy import Viewer
from youthvoice.questions.tests.watching import counters, entries_since, numbers, seq, trail

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=3)


def test_nobody_finds_useful_under_their_name_what_answers_their_own_nameless_question(
    client, house
):
    """Its row would join the account and the question for whoever reads the table."""
    question = ask(title="匿名的提问", key="6" * 32)
    given = answer(question, by=PersonFactory())
    client.force_login(PersonFactory())
    client.post("/receipt/", {"code": code_for("6" * 32)})
    page = client.get(f"/q/{question.pk}/act/").content.decode()
    said = client.post(f"/a/{given.pk}/useful/", follow=True).content.decode()

    assert f"/a/{given.pk}/useful/" not in page
    assert f"/a/{given.pk}/accept/" in page
    assert "会露出是你问的" in said
    assert not Useful.objects.exists()
    # Somebody else may; nor does the page ask once an answer whose question it is.
    actions.find_useful(answer=given, by=Viewer(PersonFactory()), at=MONDAY)
    assert Useful.objects.count() == 1


def test_following_counts_once_however_often(house):
    question, person = ask(), PersonFactory()
    before, steps = seq(), trail(question)

    actions.follow(question=question, by=Viewer(person), at=LATER)
    actions.follow(question=question, by=Viewer(person), at=LATER + timedelta(hours=1))

    person.refresh_from_db()
    assert [(f.person, f.at) for f in Follow.objects.all()] == [(person, LATER)]
    assert (person.participated_at, counters(question)) == (LATER, {"follow": 1})
    assert trail(question) == steps
    assert entries_since(before) == [
        ("question.followed", f"questions.question:{question.pk}", person.pk, {})
    ]
    assert numbers() == {"questions": 1, "nameless": 1, "people": 1}


def test_taking_the_following_back_uncounts_it_once(house):
    question, person = ask(), PersonFactory()
    actions.follow(question=question, by=Viewer(person), at=LATER)
    before = seq()

    actions.unfollow(question=question, by=Viewer(person), at=LATER)
    actions.unfollow(question=question, by=Viewer(person), at=LATER)

    assert (Follow.objects.count(), counters(question)) == (0, {})
    assert entries_since(before) == [
        ("question.unfollowed", f"questions.question:{question.pk}", person.pk, {})
    ]


def test_following_needs_an_account_and_is_not_for_ones_own_or_what_is_gone(house):
    asker = PersonFactory()
    own, nameless, gone = ask(by=asker), ask(), ask()
    actions.delete_question(question=gone, by=asker_of(gone), at=LATER)
    gone.refresh_from_db()

    for question, viewer in (
        (own, Viewer(NOBODY)),
        (own, Viewer(asker)),
        (nameless, Viewer(asker, frozenset({nameless.pk}))),
        (gone, Viewer(asker)),
        (own, Viewer(PersonFactory(is_active=False))),
    ):
        with pytest.raises(actions.UnableToFollow):
            actions.follow(question=question, by=viewer, at=LATER)
    with pytest.raises(actions.UnableToFollow):
        actions.unfollow(question=own, by=Viewer(NOBODY), at=LATER)
    assert Follow.objects.count() == 0


def test_staff_may_follow_and_are_no_participants(house):
    question, staff = ask(), member(house.city)
    actions.follow(question=question, by=Viewer(staff), at=LATER)

    assert counters(question) == {"follow": 1}
    assert numbers() == {"questions": 1, "nameless": 1}


def test_useful_counts_once_at_the_answer_and_at_its_question(house):
    question, person = ask(), PersonFactory()
    made = answer(question, by=member(house.city), organisation=house.city)
    before = seq()

    actions.find_useful(answer=made, by=Viewer(person), at=LATER)
    actions.find_useful(answer=made, by=Viewer(person), at=LATER + timedelta(hours=1))

    made.refresh_from_db()
    person.refresh_from_db()
    assert [(u.person, u.at) for u in Useful.objects.all()] == [(person, LATER)]
    assert (made.useful_count, counters(question)) == (1, {"official": 1, "useful": 1})
    assert person.participated_at == LATER
    assert entries_since(before) == [
        ("answer.found_useful", f"questions.answer:{made.pk}", person.pk, {})
    ]
    assert numbers() == {"questions": 1, "nameless": 1, "people": 1}


def test_useful_is_taken_back_once(house):
    question, person = ask(), PersonFactory()
    made = answer(question, by=PersonFactory())
    actions.find_useful(answer=made, by=Viewer(person), at=LATER)
    before = seq()

    actions.take_back_useful(answer=made, by=Viewer(person), at=LATER)
    actions.take_back_useful(answer=made, by=Viewer(person), at=LATER)

    made.refresh_from_db()
    assert (made.useful_count, counters(question)) == (0, {"peer": 1})
    assert entries_since(before) == [
        ("answer.useful_taken_back", f"questions.answer:{made.pk}", person.pk, {})
    ]


def test_useful_needs_an_account_and_is_not_for_ones_own_or_what_is_gone(house):
    writer = PersonFactory()
    own, gone = answer(ask(), by=writer), answer(ask(), by=PersonFactory())
    actions.delete_answer(answer=gone, by=Viewer(gone.author), at=LATER)
    gone.refresh_from_db()

    for made, viewer in ((own, Viewer(NOBODY)), (own, Viewer(writer)), (gone, Viewer(writer))):
        with pytest.raises(actions.UnableToVote):
            actions.find_useful(answer=made, by=viewer, at=LATER)
    with pytest.raises(actions.UnableToVote):
        actions.take_back_useful(answer=own, by=Viewer(NOBODY), at=LATER)
    assert Useful.objects.count() == 0


def test_taking_back_useful_from_an_answer_that_is_gone_does_not_count_below_nothing(house):
    question, person = ask(), PersonFactory()
    made = answer(question, by=PersonFactory())
    actions.find_useful(answer=made, by=Viewer(person), at=LATER)
    actions.delete_answer(answer=made, by=Viewer(made.author), at=LATER)
    assert counters(question) == {}

    actions.take_back_useful(answer=made, by=Viewer(person), at=LATER)

    assert (counters(question), Useful.objects.count()) == ({}, 0)


def test_useful_for_an_answer_that_was_taken_back_meanwhile_counts_nowhere(house):
    question = ask()
    made = answer(question, by=PersonFactory())
    stale = Answer.objects.get(pk=made.pk)
    actions.delete_answer(answer=made, by=Viewer(made.author), at=LATER)

    with pytest.raises(actions.UnableToVote):
        actions.find_useful(answer=stale, by=Viewer(PersonFactory()), at=LATER)

    assert (counters(question), Useful.objects.count()) == ({}, 0)
    assert numbers() == {"questions": 1, "nameless": 1, "people": 1}


def test_following_what_was_deleted_meanwhile_is_refused(house):
    question = ask()
    stale = Question.objects.get(pk=question.pk)
    actions.delete_question(question=question, by=asker_of(question), at=LATER)

    with pytest.raises(actions.UnableToFollow):
        actions.follow(question=stale, by=Viewer(PersonFactory()), at=LATER)

    assert Follow.objects.count() == 0
    assert numbers() == {"nameless": 1}
