"""Asking: who holds it, what the row keeps, and that twice is once."""

import pytest
from django.db import IntegrityError

from tests.factories import MONDAY, PersonFactory, ask
from youthvoice.journal import queries as journal
from youthvoice.kit.recounting import recount
from youthvoice.pictures.actions import Drawn
from youthvoice.questions import actions
from youthvoice.questions.models import Question
from youthvoice.questions.viewers import open_with

pytestmark = pytest.mark.django_db


def test_a_question_goes_to_the_committee_of_its_region(house):
    assert ask(region="410122").case.holder == house.county
    assert ask(region="410200").case.holder == house.province
    assert ask(region=None).case.holder == house.province


def test_a_nameless_question_has_no_link_to_anybody_and_its_receipt_opens_it(house):
    asked = actions.ask_question(
        kind="talk",
        field="life",
        region=None,
        title="搬来一个月了",
        text="晚上有点空。",
        author=None,
        key="a" * 32,
        at=MONDAY,
    )

    asked.question.refresh_from_db()
    assert (asked.question.author, asked.question.is_nameless) == (None, True)
    assert open_with(asked.receipt.replace(" ", "-")).question == asked.question
    assert open_with("1111 2222 3333 4444") is None
    assert list(journal.faults()) == []


def test_the_same_form_sent_twice_makes_one_question_and_one_receipt(house):
    form = {
        "kind": "help",
        "field": "work",
        "region": None,
        "title": "工资拖了两个月",
        "text": "老板说月底。",
        "author": None,
        "key": "b" * 32,
        "at": MONDAY,
    }
    first, second = actions.ask_question(**form), actions.ask_question(**form)

    assert (first.is_new, second.is_new) == (True, False)
    assert first.question == second.question
    assert first.receipt == second.receipt
    assert Question.objects.count() == 1


def test_a_named_question_counts_its_asker_once(house):
    asker = PersonFactory()
    ask(by=asker)
    ask(by=asker)

    assert recount() == []
    asker.refresh_from_db()
    assert asker.participated_at == MONDAY


def test_what_the_database_refuses_is_no_second_sending(house):
    drawn = Drawn("a" * 32, 60, 40, 60, 40)
    before = journal.head()

    with pytest.raises(IntegrityError):
        ask(pictures=[drawn, drawn])

    assert (Question.objects.count(), journal.head()) == (0, before)
    assert recount() == []
