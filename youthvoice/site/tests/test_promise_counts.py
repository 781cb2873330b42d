"""Pages with promises and askings back ask the database no oftener for three than for one."""

from datetime import date

import pytest

from tests.factories import MONDAY, PersonFactory, answer, ask, member
from youthvoice.callbacks import actions as callbacks
from youthvoice.desks.models import OnBehalf
from youthvoice.promises import actions as promises
from youthvoice.site.tests.test_query_counts import MOST, equal_at_one_and_three, queries

__all__ = ["queries"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _then(at):
    """The house's clock stands at MONDAY."""


def promised(question, body):
    staff = member(body)
    made = answer(question, by=staff, organisation=body, at=MONDAY)
    day = date(2026, 3, 9)
    promises.promise(answer=made, text="答复退款结果", due_on=day, by=staff, at=MONDAY)


@pytest.mark.parametrize("query", [{}, {"show": "open"}, {"body": "tuan-410100"}])
def test_the_list_of_promises(house, queries, query):
    most = equal_at_one_and_three(
        lambda: queries("/promises/", **query), lambda n: promised(ask(), house.city)
    )
    assert most <= MOST


def test_a_question_with_promises_that_was_asked_on_behalf(house, queries):
    question = ask()
    OnBehalf.objects.create(
        question=question, organisation=house.city, channel="call", consented_at=MONDAY
    )

    most = equal_at_one_and_three(
        lambda: queries(f"/q/{question.pk}/"), lambda n: promised(question, house.city)
    )
    assert most <= MOST


@pytest.mark.parametrize("role", ["asker", "staff"])
def test_what_is_personal_about_promises(house, client, queries, role):
    asker = PersonFactory()
    question = ask(by=asker)
    client.force_login(asker if role == "asker" else member(house.city))

    equal_at_one_and_three(
        lambda: queries(f"/me/q/{question.pk}/"), lambda n: promised(question, house.city)
    )


def test_ones_own_questions_that_are_asked_about(house, client, queries):
    asker = PersonFactory()
    client.force_login(asker)

    def make(n):
        question = ask(by=asker)
        answer(question, by=member(house.city), organisation=house.city, at=MONDAY)
        callbacks.open_due(at=MONDAY.replace(day=4))

    equal_at_one_and_three(lambda: queries("/mine/"), make)


def test_the_pages_of_asking_back_and_on_behalf(house, client, queries):
    asker = PersonFactory()
    question = ask(by=asker)
    answer(question, by=member(house.city), organisation=house.city, at=MONDAY)
    callbacks.open_due(at=MONDAY.replace(day=4))
    client.force_login(asker)
    assert queries(f"/q/{question.pk}/back/") <= MOST
    client.force_login(member(house.city))
    assert queries("/desk/tuan-410100/ask/") <= MOST
