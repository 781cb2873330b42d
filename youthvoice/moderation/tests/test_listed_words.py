"""Words of the operators' list that are published all the same wait for the judges."""

import pytest

from tests.factories import MONDAY, PersonFactory, answer, ask, member
from youthvoice.moderation.models import Item, Report
from youthvoice.questions import actions
from youthvoice.questions.policy import Viewer
from youthvoice.safety.choices import WordKind
from youthvoice.safety.models import ListedWord

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _words(house):
    ListedWord.objects.create(word="大坏蛋词", kind=WordKind.ABUSE)
    ListedWord.objects.create(word="稳赚词", kind=WordKind.FRAUD)


def reports():
    return sorted((r.item.kind, r.reason, r.by_list) for r in Report.objects.all())


def test_a_question_waits_at_its_holders_desk(house):
    ask(title="有人叫我大坏蛋词", text="还说稳赚词。")

    assert reports() == [("question", "abuse", True), ("question", "fraud", True)]
    assert Item.objects.count() == 1


def test_answers_comments_and_edits_too(house):
    question, person = ask(), PersonFactory()
    answer(question, by=person, text="大坏蛋词")
    mine = actions.comment(
        question=question, answer=None, text="谢谢", by=Viewer(person), at=MONDAY
    )
    assert reports() == [("answer", "abuse", True)]

    actions.comment(question=question, answer=None, text="稳赚词", by=Viewer(person), at=MONDAY)

    assert reports() == [("answer", "abuse", True), ("comment", "fraud", True)]
    assert mine.text == "谢谢"


def test_an_office_may_say_which_words_swindlers_use(house):
    answer(ask(), by=member(house.city), organisation=house.city, text="听到稳赚词就要小心。")

    assert reports() == []


def test_what_holds_none_waits_for_nobody(house):
    ask()

    assert reports() == []
