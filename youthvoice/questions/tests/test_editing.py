"""Changing one's words: the earlier ones stay, and nobody overwrites what they have not read."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, NOBODY, PersonFactory, answer, ask, asker_of, member
from youthvoice.questions import actions
from youthvoice.questions.models import Answer, Question, Revision
from youthvoice.questions.policy import Viewer
from youthvoice.questions.queries import revisions_of
from youthvoice.questions.tests.watching import entries_since, numbers, seq

pytestmark = pytest.mark.django_db
ONE, TWO = MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=2)


def edit(question, title, text, *, by=None, at=ONE):
    actions.edit_question(
        question=question, title=title, text=text, by=by or asker_of(question), at=at
    )


def test_an_edit_keeps_the_earlier_words_with_the_time_they_stood(house):
    asker = PersonFactory()
    question = ask(by=asker, title="第一个标题", text="第一版")
    before = seq()

    edit(question, "第二个标题", "第二版", at=ONE)
    edit(question, "第二个标题", "第三版", at=TWO)

    question.refresh_from_db()
    assert (question.title, question.text, question.edited_at) == ("第二个标题", "第三版", TWO)
    assert [(r.title, r.text, r.since, r.at) for r in revisions_of(question)] == [
        ("第二个标题", "第二版", ONE, TWO),
        ("第一个标题", "第一版", MONDAY, ONE),
    ]
    subject = f"questions.question:{question.pk}"
    assert entries_since(before) == [("question.edited", subject, asker.pk, {})] * 2


def test_the_same_words_are_no_edit(house):
    question = ask()
    before = seq()

    edit(question, question.title, question.text)

    question.refresh_from_db()
    assert (question.edited_at, Revision.objects.count()) == (None, 0)
    assert entries_since(before) == []


def test_a_nameless_edit_has_no_actor(house):
    question, person = ask(), PersonFactory()
    before = seq()

    edit(question, "另一个标题", "说得细些", by=Viewer(person, frozenset({question.pk})))

    assert [actor for _verb, _subject, actor, _data in entries_since(before)] == [None]


def test_an_edit_of_words_that_were_changed_meanwhile_is_refused(house):
    question = ask()
    stale = Question.objects.get(pk=question.pk)
    edit(question, "先改的标题", "先改的")
    before = seq()

    with pytest.raises(actions.UnableToEdit, match="刷新"):
        edit(stale, "后改的标题", "后改的")

    question.refresh_from_db()
    assert (question.title, Revision.objects.count()) == ("先改的标题", 1)
    assert entries_since(before) == []


def test_nobody_but_the_asker_edits_a_question(house):
    question = ask(by=PersonFactory())

    for viewer in (Viewer(NOBODY), Viewer(PersonFactory()), Viewer(member(house.city))):
        with pytest.raises(actions.UnableToEdit):
            edit(question, "别人改的标题", "别人改的", by=viewer)
    question.refresh_from_db()
    assert question.edited_at is None


def test_a_deleted_question_can_not_be_edited(house):
    question = ask()
    stale = Question.objects.get(pk=question.pk)
    actions.delete_question(question=question, by=asker_of(question), at=ONE)
    question.refresh_from_db()

    for deleted in (question, stale):
        with pytest.raises(actions.UnableToEdit):
            edit(deleted, "又写上的标题", "又写上的")
    assert Question.objects.get(pk=question.pk).text == ""


def edit_answer(made, text, *, by, at=ONE):
    actions.edit_answer(answer=made, text=text, by=Viewer(by), at=at)


def test_a_peer_edits_their_own_answer_and_the_earlier_words_stay(house):
    peer = PersonFactory()
    made = answer(ask(), by=peer, at=MONDAY, text="第一版")
    before = seq()

    edit_answer(made, "第二版", by=peer, at=ONE)
    edit_answer(made, "第二版", by=peer, at=TWO)
    edit_answer(made, "第三版", by=peer, at=TWO)

    made.refresh_from_db()
    assert (made.text, made.edited_at) == ("第三版", TWO)
    assert [(r.title, r.text, r.since, r.at) for r in revisions_of(made)] == [
        ("", "第二版", ONE, TWO),
        ("", "第一版", MONDAY, ONE),
    ]
    entry = (
        "answer.edited",
        f"questions.answer:{made.pk}",
        peer.pk,
        {"question": made.question_id},
    )
    assert entries_since(before) == [entry, entry]
    assert numbers() == {"questions": 1, "nameless": 1, "people": 1}


def test_colleagues_edit_an_organisations_answer_and_outsiders_do_not(house):
    writer, colleague = member(house.city), member(house.city)
    made = answer(ask(), by=writer, organisation=house.city)

    edit_answer(made, "同事补了一条。", by=colleague)

    made.refresh_from_db()
    assert (made.text, made.author) == ("同事补了一条。", writer)
    writer.memberships.all().delete()
    for outsider in (PersonFactory(), member(house.province), writer, NOBODY):
        with pytest.raises(actions.UnableToEdit):
            edit_answer(made, "外人改的", by=outsider)


def test_an_answer_that_was_changed_or_taken_back_meanwhile_is_not_overwritten(house):
    peer = PersonFactory()
    made = answer(ask(), by=peer)
    stale = Answer.objects.get(pk=made.pk)
    edit_answer(made, "先改的", by=peer)

    with pytest.raises(actions.UnableToEdit, match="刷新"):
        edit_answer(stale, "后改的", by=peer)

    actions.delete_answer(answer=made, by=Viewer(peer), at=TWO)
    with pytest.raises(actions.UnableToEdit):
        edit_answer(Answer.objects.get(pk=made.pk), "又写上的", by=peer)
    assert Answer.objects.get(pk=made.pk).text == ""


def test_words_saved_since_the_editor_opened_the_form_are_not_overwritten(house):
    """Two colleagues open the same answer; the second to save is told of the first."""
    first, second = member(house.city), member(house.city)
    written = answer(ask(), by=first, organisation=house.city, text="先看合同。")
    seen = written.version
    actions.edit_answer(
        answer=written, text="先看合同第三条。", by=Viewer(first), at=MONDAY, seen=seen
    )

    with pytest.raises(actions.UnableToEdit, match="这里被改过了"):
        actions.edit_answer(
            answer=written, text="先打电话。", by=Viewer(second), at=MONDAY, seen=seen
        )

    assert Answer.objects.get().text == "先看合同第三条。"
