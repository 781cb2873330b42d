"""The same act by several hands at once is done once, and nobody waits in a ring."""

from functools import partial

import pytest

from tests import together
from tests.factories import MONDAY, PersonFactory, answer, ask, asker_of
from youthvoice.questions import actions
from youthvoice.questions.actions.problem import Unable
from youthvoice.questions.models import Answer, Comment, Question, Revision
from youthvoice.questions.policy import Viewer
from youthvoice.questions.tests.watching import counters, numbers

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 4
at_once = partial(together.at_once, refused=Unable)


def refusals(results):
    return [result for result in results if isinstance(result, Unable)]


def form():
    return {
        "kind": "help",
        "field": "work",
        "region": None,
        "title": "工资拖了两个月",
        "text": "老板说月底。",
        "author": None,
        "key": "b" * 32,
        "at": MONDAY,
    }


def test_several_forms_at_once_have_a_number_each(house):
    before = [actions.ask_question(**form()).question.pk]

    asked = at_once(
        *[lambda n=n: actions.ask_question(**form() | {"key": f"{n}" * 32}) for n in range(HANDS)]
    )

    assert len({a.question.pk for a in asked}) == HANDS
    assert min(a.question.pk for a in asked) > max(before)


def test_one_form_sent_by_several_hands_is_one_question_with_one_receipt(house):
    asked = at_once(*[lambda: actions.ask_question(**form())] * HANDS)

    assert sorted(a.is_new for a in asked) == [False] * (HANDS - 1) + [True]
    assert len({a.question for a in asked}) == len({a.receipt for a in asked}) == 1
    assert Question.objects.count() == 1
    assert numbers() == {"questions": 1, "nameless": 1}


def test_one_answer_or_comment_sent_by_several_hands_is_one(house):
    question, peer = ask(), PersonFactory()

    answers = at_once(*[lambda: answer(question, by=peer, text="先看合同。")] * HANDS)
    comments = at_once(*[lambda: comment(question, peer)] * HANDS)

    assert len(set(answers)) == len(set(comments)) == 1
    assert counters(question) == {"peer": 1, "comment": 1}
    assert numbers() == {"questions": 1, "nameless": 1, "people": 1}


def comment(question, person, *, under=None, text="说一句"):
    return actions.comment(question=question, answer=under, text=text, by=Viewer(person), at=MONDAY)


def test_following_and_finding_useful_by_several_hands_count_once(house):
    question, person = ask(), Viewer(PersonFactory())
    made = answer(question, by=PersonFactory())

    at_once(*[lambda: actions.follow(question=question, by=person, at=MONDAY)] * HANDS)
    at_once(*[lambda: actions.find_useful(answer=made, by=person, at=MONDAY)] * HANDS)

    assert counters(question) == {"peer": 1, "follow": 1, "useful": 1}
    assert numbers() == {"questions": 1, "nameless": 1, "people": 2}


def test_one_of_several_edits_wins_and_the_others_are_told(house):
    question = ask(title="原来的标题", text="原来的话")
    read = [Question.objects.get(pk=question.pk) for _ in range(HANDS)]

    def edit(number):
        actions.edit_question(
            question=read[number],
            title=f"第{number}个标题",
            text="改过",
            by=asker_of(question),
            at=MONDAY,
        )

    results = at_once(*[lambda n=n: edit(n) for n in range(HANDS)])

    assert len(refusals(results)) == HANDS - 1
    assert [r.title for r in Revision.objects.all()] == ["原来的标题"]
    assert Question.objects.get().title == f"第{results.index(None)}个标题"


def test_one_of_two_outcomes_wins_and_the_other_is_told(house):
    question = ask()
    read = [Question.objects.get(pk=question.pk) for _ in range(2)]

    def mark(number, outcome):
        actions.mark_outcome(
            question=read[number], outcome=outcome, by=asker_of(question), at=MONDAY
        )

    results = at_once(lambda: mark(0, "solved"), lambda: mark(1, "unsolved"))

    assert len(refusals(results)) == 1
    assert Question.objects.get().outcome == ["solved", "unsolved"][results.index(None)]
    assert numbers() == {"questions": 1, "nameless": 1}


def test_a_question_deleted_by_several_hands_is_counted_off_once(house):
    kept, question = ask(), ask()
    read = [Question.objects.get(pk=question.pk) for _ in range(HANDS)]

    at_once(
        *[
            lambda q=q: actions.delete_question(question=q, by=asker_of(question), at=MONDAY)
            for q in read
        ]
    )

    assert list(Question.objects.listed()) == [kept]
    assert numbers() == {"questions": 1, "nameless": 2}


def test_acts_on_one_answer_and_its_question_never_wait_in_a_ring(house):
    """They lock the answer before its question, each of them."""
    question, writer = ask(), PersonFactory()
    made = answer(question, by=writer)
    turns = range(15)

    def talk():
        person = PersonFactory()
        for turn in turns:
            comment(question, person, under=made, text=f"说{turn}")

    def vote():
        by = Viewer(PersonFactory())
        for _ in turns:
            actions.find_useful(answer=made, by=by, at=MONDAY)
            actions.take_back_useful(answer=made, by=by, at=MONDAY)

    def talk_and_take_back():
        person = PersonFactory()
        for turn in turns:
            said = comment(question, person, under=made, text=f"说{turn}")
            actions.delete_comment(comment=said, by=Viewer(person), at=MONDAY)

    def reply():
        person = PersonFactory()
        for turn in turns:
            own = answer(question, by=person, text=f"答{turn}")
            actions.delete_answer(answer=own, by=Viewer(person), at=MONDAY)

    assert at_once(talk, vote, talk_and_take_back, reply) == [None] * 4

    assert counters(question) == {"peer": 1, "comment": len(turns)}
    made.refresh_from_db()
    assert (made.comment_count, made.useful_count) == (len(turns), 0)
    assert Comment.objects.filter(deleted_at=None).count() == len(turns)
    assert Answer.objects.filter(deleted_at=None).get() == made
    assert numbers() == {"questions": 1, "nameless": 1, "people": 5}
