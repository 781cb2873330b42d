"""Whose voice an answer is, on the question's page."""

import pytest

from tests.factories import OrganisationFactory, answer, ask, member
from youthvoice.orgs.choices import OrgKind

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
