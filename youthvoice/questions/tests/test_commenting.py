"""Commenting: as oneself, as the asker, for an organisation; and who may not."""

from datetime import timedelta

import pytest

from tests.factories import (
    MONDAY,
    NOBODY,
    PersonFactory,
    answer,
    ask,
    asker_of,
    member,
)
from youthvoice.questions import actions
from youthvoice.questions.models import Answer, Comment, Question
from youthvoice.questions.policy import Viewer
from youthvoice.questions.tests.watching import counters, entries_since, numbers, seq, trail

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=2)


def comment(question, *, by, under=None, text="我也是这样。", organisation=None, at=LATER):
    return actions.comment(
        question=question, answer=under, text=text, by=by, organisation=organisation, at=at
    )


def test_a_comment_counts_under_its_question_and_its_writer_takes_part(house):
    question, peer = ask(), PersonFactory(nickname="阿树")
    before, steps = seq(), trail(question)

    made = comment(question, by=Viewer(peer))

    made.refresh_from_db()
    peer.refresh_from_db()
    assert (made.author, made.is_asker, made.created_at) == (peer, False, LATER)
    assert (made.author_name, peer.participated_at) == ("阿树", LATER)
    assert counters(question) == {"comment": 1}
    assert trail(question) == steps
    assert entries_since(before) == [
        (
            "question.commented",
            f"questions.comment:{made.pk}",
            peer.pk,
            {"question": question.pk, "answer": None},
        )
    ]
    assert numbers() == {"questions": 1, "nameless": 1, "people": 1}


def test_a_comment_under_an_answer_counts_in_both(house):
    question = ask()
    answered = answer(question, by=PersonFactory())
    before = seq()

    made = comment(question, under=answered, by=Viewer(PersonFactory()))

    answered.refresh_from_db()
    assert (answered.comment_count, counters(question)) == (1, {"peer": 1, "comment": 1})
    assert made.answer == answered
    assert entries_since(before)[0][3] == {"question": question.pk, "answer": answered.pk}


def test_the_asker_speaks_as_the_asker(house):
    asker = PersonFactory()
    question = ask(by=asker)

    made = comment(question, by=Viewer(asker))

    assert (made.author, made.is_asker, made.author_name) == (asker, True, "提问者")


def test_of_a_nameless_asker_nothing_is_kept_signed_in_or_not(house):
    question, person = ask(), PersonFactory()
    before = seq()

    by_receipt = comment(question, by=asker_of(question), text="补充一句。")
    signed_in = comment(question, by=Viewer(person, frozenset({question.pk})), text="再补充一句。")

    person.refresh_from_db()
    assert (by_receipt.author, by_receipt.is_asker) == (None, True)
    assert (signed_in.author, signed_in.is_asker) == (None, True)
    assert person.participated_at is None
    assert [actor for _verb, _subject, actor, _data in entries_since(before)] == [None, None]
    assert numbers() == {"questions": 1, "nameless": 1}


def test_staff_comment_for_their_organisation_and_are_no_participants(house):
    question, staff = ask(), member(house.city)

    made = comment(question, by=Viewer(staff), organisation=house.city)

    staff.refresh_from_db()
    assert (made.author, made.organisation, made.author_name) == (staff, house.city, "团郑州市委")
    assert staff.participated_at is None


def test_a_named_asker_who_signs_for_an_organisation_does_not_speak_as_the_asker(house):
    staff = member(house.city)
    question = ask(by=staff)

    made = comment(question, by=Viewer(staff), organisation=house.city)

    assert (made.is_asker, made.author_name) == (False, "团郑州市委")


def test_the_same_words_twice_in_one_place_are_one_comment(house):
    question, peer = ask(), Viewer(PersonFactory())
    answered = answer(question, by=PersonFactory())
    first = comment(question, by=peer)
    before = seq()

    assert comment(question, by=peer, at=LATER + timedelta(seconds=2)) == first
    assert entries_since(before) == []
    assert comment(question, by=peer, under=answered) != first
    assert comment(question, by=asker_of(question)) != first
    assert counters(question) == {"peer": 1, "comment": 3}


def test_nobody_comments_without_an_account_or_the_receipt(house):
    question, other = ask(), ask()

    for viewer in (Viewer(NOBODY), asker_of(other), Viewer(PersonFactory(is_active=False))):
        with pytest.raises(actions.UnableToComment):
            comment(question, by=viewer)
    assert Comment.objects.count() == 0


def test_nobody_comments_for_an_organisation_they_are_not_in(house):
    question = ask()

    with pytest.raises(actions.UnableToComment):
        comment(question, by=Viewer(PersonFactory()), organisation=house.city)
    # Nor does a nameless asker, who is a member: it would tell who asked.
    staff = member(house.city)
    with pytest.raises(actions.UnableToComment):
        comment(question, by=Viewer(staff, frozenset({question.pk})), organisation=house.city)
    assert counters(question) == {}


def test_a_comment_needs_an_answer_that_stands_under_its_question(house):
    question, other = ask(), ask()
    writer = PersonFactory()
    elsewhere, gone = answer(other, by=writer), answer(question, by=writer)
    stale = Answer.objects.get(pk=gone.pk)
    actions.delete_answer(answer=gone, by=Viewer(writer), at=LATER)
    gone.refresh_from_db()

    for under in (elsewhere, gone, stale):
        with pytest.raises(actions.UnableToComment):
            comment(question, under=under, by=Viewer(PersonFactory()))
    assert counters(question) == {}
    assert [a.comment_count for a in Answer.objects.order_by("pk")] == [0, 0]


def test_a_deleted_question_takes_no_comment(house):
    question = ask()
    stale = Question.objects.get(pk=question.pk)
    actions.delete_question(question=question, by=asker_of(question), at=LATER)
    question.refresh_from_db()

    with pytest.raises(actions.UnableToComment):
        comment(question, by=Viewer(PersonFactory()))
    with pytest.raises(actions.UnableToComment, match="删除"):
        comment(stale, by=Viewer(PersonFactory()))
    assert Comment.objects.count() == 0
    assert numbers() == {"nameless": 1}
