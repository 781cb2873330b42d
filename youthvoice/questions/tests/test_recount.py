"""Recount finds every kept number that the rows contradict, tells it, and mends it."""

import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from tests.factories import MONDAY, OrganisationFactory, PersonFactory, answer, ask, member
from youthvoice.kit.recounting import recount
from youthvoice.orgs.choices import OrgKind
from youthvoice.questions import actions
from youthvoice.questions.actions import heat
from youthvoice.questions.models import Answer, Follow, Question, Tally
from youthvoice.questions.policy import Viewer
from youthvoice.reads.actions import write
from youthvoice.reads.models import Total

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def busy(house):
    """A question with an answer of each kind, votes, comments and a follower."""
    question = ask(by=PersonFactory())
    given = answer(question, by=PersonFactory())
    answer(question, by=member(house.city), organisation=house.city)
    answer(question, by=member(house.experts), organisation=house.experts)
    office = OrganisationFactory(kind=OrgKind.GOVERNMENT)
    answer(question, by=member(office), organisation=office)
    reader = Viewer(PersonFactory())
    actions.find_useful(answer=given, by=reader, at=MONDAY)
    actions.follow(question=question, by=reader, at=MONDAY)
    actions.comment(question=question, answer=given, text="谢谢", by=reader, at=MONDAY)
    return question


def test_after_acts_all_numbers_are_exact(busy):
    assert recount() == []


@pytest.mark.parametrize(
    "counter",
    [
        "official_count",
        "government_count",
        "expert_count",
        "peer_count",
        "comment_count",
        "follow_count",
        "useful_count",
    ],
)
def test_a_wrong_counter_of_a_question_is_told_and_mended(busy, counter):
    right = getattr(Question.objects.get(pk=busy.pk), counter)
    Question.objects.filter(pk=busy.pk).update(**{counter: 7})

    drifts = recount()

    assert [(d.kept, d.counted) for d in drifts] == [(7, right)]
    assert getattr(Question.objects.get(pk=busy.pk), counter) == right
    assert recount() == []


def test_wrong_counters_of_answers_tallies_and_reads_are_mended_by_the_command(busy):
    write({b"a" * 16: ("question:1", 5, "p"), b"b" * 16: ("question:1", 6, "p")})
    Answer.objects.update(comment_count=9)
    Tally.objects.update(value=99)
    Total.objects.update(reads=0)

    said, again = StringIO(), StringIO()
    call_command("recount", stdout=said)
    call_command("recount", stdout=again)

    assert "reads of question:1 (p): was 0, is 2" in said.getvalue()
    assert "reads of all (p): was 0, is 2" in said.getvalue()
    assert "questions: was 99, is 1" in said.getvalue()
    assert "comment_count: was 9, is 1" in said.getvalue()
    assert again.getvalue() == "All numbers are exact.\n"


@pytest.mark.django_db(transaction=True)
def test_recount_waits_for_an_act_that_is_under_way(house):
    """An act has written its row but not its number yet: nothing may be mended between."""
    question = ask(by=PersonFactory())
    written, go_on = threading.Event(), threading.Event()

    def act() -> None:
        try:
            with transaction.atomic():
                Follow.objects.create(question=question, person=PersonFactory.create(), at=MONDAY)
                written.set()
                go_on.wait(30)
                heat.add(question.pk, follow_count=1)
        finally:
            connection.close()

    thread = threading.Thread(target=act)
    thread.start()
    assert written.wait(30)
    threading.Timer(0.3, go_on.set).start()

    assert recount() == []
    thread.join()
    assert Question.objects.get(pk=question.pk).follow_count == 1
