"""Taking words back: a stone stays, others' words stay, and the counters follow."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, NOBODY, PersonFactory, answer, ask, asker_of, member
from youthvoice.cases.choices import State, StepKind
from youthvoice.pictures.actions import draw
from youthvoice.pictures.tests.photos import photo
from youthvoice.questions import actions
from youthvoice.questions.models import Answer, Comment, Picture, Question, Revision
from youthvoice.questions.policy import Viewer
from youthvoice.questions.tests.watching import (
    counters,
    entries_since,
    numbers,
    seq,
    state,
    trail,
)

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=5)


def delete(question, *, by=None, at=LATER):
    actions.delete_question(question=question, by=by or asker_of(question), at=at)


def test_a_question_leaves_a_stone_without_its_words(house):
    asker = PersonFactory()
    question = ask(by=asker)
    answer(question, by=PersonFactory(), text="留下的回答")
    actions.edit_question(
        question=question, title="改过的标题", text="改过的", by=Viewer(asker), at=LATER
    )
    before = seq()

    delete(question)

    question.refresh_from_db()
    assert (question.title, question.text, question.deleted_at) == ("", "", LATER)
    assert Revision.objects.count() == 0
    assert [a.text for a in Answer.objects.all()] == ["留下的回答"]
    assert list(Question.objects.listed()) == []
    assert list(Question.objects.visible_to(NOBODY)) == [question]
    assert state(question) == State.CLOSED
    assert trail(question)[-1] == (StepKind.DELETED, None)
    assert entries_since(before) == [
        ("question.deleted", f"questions.question:{question.pk}", asker.pk, {})
    ]
    assert numbers() == {"people": 2}


def test_a_nameless_question_goes_without_an_actor_and_its_asker_stays_counted(house):
    question = ask()
    before = seq()

    delete(question, by=Viewer(PersonFactory(), frozenset({question.pk})))

    assert [actor for _verb, _subject, actor, _data in entries_since(before)] == [None]
    assert numbers() == {"nameless": 1}


def test_deleting_twice_is_deleting_once(house):
    question = ask()
    stale = Question.objects.get(pk=question.pk)
    delete(question)
    before = seq()

    delete(stale, at=LATER + timedelta(hours=1))

    question.refresh_from_db()
    assert (question.deleted_at, entries_since(before)) == (LATER, [])
    assert numbers() == {"nameless": 1}


def test_the_pictures_files_go_with_the_question(house, stored, django_capture_on_commit_callbacks):
    drawn = draw(photo())
    question = ask(pictures=[drawn])
    assert stored() == {f"{drawn.name}.jpg", f"{drawn.name}-s.jpg"}

    with django_capture_on_commit_callbacks(execute=True):
        delete(question)

    assert Picture.objects.count() == 0
    assert stored() == set()


def test_nobody_but_the_asker_deletes_a_question(house):
    question = ask(by=PersonFactory())

    for viewer in (Viewer(NOBODY), Viewer(PersonFactory()), Viewer(member(house.city))):
        with pytest.raises(actions.UnableToDelete):
            delete(question, by=viewer)
    question.refresh_from_db()
    assert question.deleted_at is None


def test_an_answer_goes_with_its_useful_marks(house):
    question, writer = ask(), PersonFactory()
    made = answer(question, by=writer)
    for _ in range(2):
        actions.find_useful(answer=made, by=Viewer(PersonFactory()), at=LATER)
    actions.edit_answer(answer=made, text="改过的", by=Viewer(writer), at=LATER)
    actions.accept_answer(answer=made, accepted=True, by=asker_of(question), at=LATER)
    assert counters(question) == {"peer": 1, "useful": 2}
    made.refresh_from_db()
    before = seq()

    actions.delete_answer(answer=made, by=Viewer(writer), at=LATER)

    made.refresh_from_db()
    question.refresh_from_db()
    assert (made.text, made.deleted_at, made.accepted_at) == ("", LATER, None)
    assert (counters(question), Revision.objects.count()) == ({}, 0)
    assert (question.first_answered_at, question.first_answer_seconds) == (None, None)
    assert question.waits
    assert entries_since(before) == [
        (
            "answer.deleted",
            f"questions.answer:{made.pk}",
            writer.pk,
            {"question": question.pk, "kind": "peer"},
        )
    ]
    assert numbers() == {"questions": 1, "nameless": 1, "people": 3}


def test_an_answer_is_taken_back_once(house):
    question, writer = ask(), member(house.city)
    made = answer(question, by=writer, organisation=house.city)
    stale = Answer.objects.get(pk=made.pk)
    actions.delete_answer(answer=made, by=Viewer(writer), at=LATER)
    before = seq()

    actions.delete_answer(answer=stale, by=Viewer(writer), at=LATER)

    assert (counters(question), entries_since(before)) == ({}, [])


def test_only_its_writer_or_a_colleague_takes_an_answer_back(house):
    own = answer(ask(), by=PersonFactory())
    signed = answer(ask(), by=member(house.city), organisation=house.city)

    for made in (own, signed):
        for other in (NOBODY, PersonFactory(), member(house.province)):
            with pytest.raises(actions.UnableToDelete):
                actions.delete_answer(answer=made, by=Viewer(other), at=LATER)
    actions.delete_answer(answer=signed, by=Viewer(member(house.city)), at=LATER)
    assert set(Answer.objects.values_list("pk", "deleted_at")) == {
        (own.pk, None),
        (signed.pk, LATER),
    }


def comment(question, by, under=None):
    return actions.comment(question=question, answer=under, text="说一句", by=by, at=LATER)


def test_a_comment_goes_and_both_counters_follow(house):
    question, peer = ask(), PersonFactory()
    answered = answer(question, by=PersonFactory())
    made = comment(question, Viewer(peer), answered)
    stale = Comment.objects.get(pk=made.pk)
    before = seq()

    actions.delete_comment(comment=made, by=Viewer(peer), at=LATER)
    actions.delete_comment(comment=stale, by=Viewer(peer), at=LATER)

    made.refresh_from_db()
    answered.refresh_from_db()
    assert (made.text, made.deleted_at, answered.comment_count) == ("", LATER, 0)
    assert counters(question) == {"peer": 1}
    assert entries_since(before) == [
        (
            "comment.deleted",
            f"questions.comment:{made.pk}",
            peer.pk,
            {"question": question.pk},
        )
    ]


def test_a_nameless_askers_comment_goes_by_the_receipt_and_without_an_actor(house):
    question, person = ask(), PersonFactory()
    made = comment(question, asker_of(question))
    with pytest.raises(actions.UnableToDelete):
        actions.delete_comment(comment=made, by=Viewer(person), at=LATER)
    before = seq()

    opened = Viewer(person, frozenset({question.pk}))
    actions.delete_comment(comment=made, by=opened, at=LATER)

    assert [actor for _verb, _subject, actor, _data in entries_since(before)] == [None]
    assert counters(question) == {}


def test_nobody_takes_back_anothers_comment_or_one_that_is_gone(house):
    question, peer = ask(), PersonFactory()
    made = comment(question, Viewer(peer))

    for viewer in (Viewer(NOBODY), Viewer(PersonFactory()), asker_of(question)):
        with pytest.raises(actions.UnableToDelete):
            actions.delete_comment(comment=made, by=viewer, at=LATER)
    actions.delete_comment(comment=made, by=Viewer(peer), at=LATER)
    made.refresh_from_db()
    with pytest.raises(actions.UnableToDelete):
        actions.delete_comment(comment=made, by=Viewer(peer), at=LATER)
