"""Whose voice an answer is, on the question's page."""

from datetime import timedelta

import pytest

from tests.factories import (
    MONDAY,
    OrganisationFactory,
    PersonFactory,
    answer,
    ask,
    asker_of,
    member,
)
from youthvoice.orgs.choices import OrgKind
from youthvoice.questions import actions
from youthvoice.questions.queries import ANSWERS_A_PAGE

pytestmark = pytest.mark.django_db


def shown(client, question):
    response = client.get(question.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_a_department_signs_its_answer_in_its_own_colour(client, house):
    office = OrganisationFactory(
        kind=OrgKind.GOVERNMENT, slug="government-x", short_name="郑州市人社局", region_id="410100"
    )
    question = ask()
    answer(question, by=member(office), organisation=office, text="带上合同去劳动监察窗口。")

    found = shown(client, question)

    for words in ("政府答复", "郑州市人社局全称", "带上合同去劳动监察窗口。", "answer--government"):
        assert words in found
    assert 'href="/orgs/government-x/"' in found
    assert "官方回答" not in found


def test_volunteers_are_not_called_experts(client, house):
    helpers = OrganisationFactory(kind=OrgKind.SOCIAL, short_name="法律援助志愿团")
    question = ask()
    answer(question, by=member(helpers), organisation=helpers)

    found = shown(client, question)

    assert "社会力量：法律援助志愿团" in found
    assert "专家回答" not in found


def test_whoever_has_the_duty_stands_before_those_who_know_and_these_before_peers(client, house):
    office = OrganisationFactory(kind=OrgKind.GOVERNMENT)
    question = ask()
    made = [
        answer(question, by=PersonFactory()),
        answer(question, by=member(house.experts), organisation=house.experts),
        answer(question, by=member(office), organisation=office),
        answer(question, by=PersonFactory()),
        answer(question, by=member(house.city), organisation=house.city),
        answer(question, by=PersonFactory()),
    ]
    at = MONDAY + timedelta(hours=1)
    actions.accept_answer(answer=made[5], accepted=True, by=asker_of(question), at=at)

    found = client.get(question.get_absolute_url()).context["answers"]

    assert [made.index(one) for one in found] == [5, 2, 4, 1, 0, 3]


def test_pages_of_answers_keep_that_order_and_miss_none(client, house):
    question = ask()
    peers = [answer(question, by=PersonFactory()) for _n in range(ANSWERS_A_PAGE + 1)]
    late = answer(question, by=member(house.city), organisation=house.city)

    first = client.get(question.get_absolute_url()).context
    second = client.get(first["next_answers_url"]).context

    assert first["answers"] + second["answers"] == [late, *peers]
    # What is no place of ours begins at the top.
    for after in ("7~1", "x~1", "-1~1", "1.5~1", "1800000000000000~1", f"{2**70}~1", "~", "²~1"):
        again = client.get(question.get_absolute_url(), {"after": after}).context
        assert again["answers"] == first["answers"], after
