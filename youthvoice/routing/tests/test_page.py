"""The suggestion as those who have a part in the case see it."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import MONDAY, OrganisationFactory, ask, member
from youthvoice.cases.queries import advised_bodies
from youthvoice.cases.tests.working import refer
from youthvoice.orgs.choices import Group, OrgKind
from youthvoice.questions import actions as questions

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(minutes=5)


@pytest.fixture
def wages(house):
    return ask(title="老板拖欠工资", text="找劳动监察大队也没人管，拖欠工资，欠薪。")


def page(question, by, **headers):
    client = Client()
    client.force_login(by)
    return client.get(f"/cases/{question.pk}/suggestion/", headers=headers)


def test_it_says_how_sure_it_is_and_why(house, wages):
    for number, region in enumerate(["410100", "410100", "410000", "410000", "410200"]):
        OrganisationFactory.create(
            kind=OrgKind.GOVERNMENT,
            group=Group.LABOUR,
            short_name=f"人社{number}",
            region_id=region,
        )

    response = page(wages, member(house.city))

    text = response.content.decode()
    assert response.status_code == 200
    assert "建议转办的部门类别：劳动和社会保障（把握 " in text
    assert "——因为提到了：老板、拖欠工资" in text
    # The nearest three.
    assert [f"人社{n}" in text for n in range(5)] == [True, True, True, False, False]
    assert "no-store" in response["Cache-Control"]


def test_a_piece_for_the_page_of_the_case(house, wages):
    text = page(wages, member(house.city), **{"HX-Request": "true"}).content.decode()

    assert text.startswith('<div class="suggestion">')
    assert "<html" not in text


def test_without_a_clue_it_says_so(house):
    text = page(ask(title="qwq", text="……"), member(house.city)).content.decode()

    assert "该交给谁，系统还没有足够的把握。" in text
    assert not any(words in text for words in ("建议交给", "建议留在", "建议转办", "建议的领域"))


def test_only_bodies_with_a_part_see_it(house, wages):
    assert page(wages, member(house.experts)).status_code == 404
    refer(wages, house.experts, at=LATER)

    assert page(wages, member(house.experts)).status_code == 200
    assert page(wages, member(house.county)).status_code == 404


def test_of_words_out_of_view_nothing_is_told(house, wages):
    questions.withhold_question(question=wages, by=None, at=LATER)

    assert page(wages, member(house.city)).status_code == 404


def test_it_asks_the_database_little(house, wages, django_assert_max_num_queries):
    client = Client()
    client.force_login(member(house.city))
    client.get(f"/cases/{wages.pk}/suggestion/")

    with django_assert_max_num_queries(12):
        client.get(f"/cases/{wages.pk}/suggestion/")


def test_whoever_may_ask_them_has_one_tap_to_the_form(house, wages):
    body = OrganisationFactory.create(
        kind=OrgKind.GOVERNMENT, group=Group.LABOUR, short_name="人社局", region_id="410100"
    )
    refer(wages, house.experts, at=LATER)
    link = f'href="/cases/{wages.pk}/?to={body.pk}#do-refer"'

    assert link in page(wages, member(house.city)).text
    assert link not in page(wages, member(house.experts)).text
    assert advised_bodies(wages.case) == [body]
