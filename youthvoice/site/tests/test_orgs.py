"""Who answers: the list of organisations, and each one's page."""

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
from youthvoice.orgs.choices import Group, OrgKind
from youthvoice.questions import actions
from youthvoice.questions.policy import Viewer

pytestmark = pytest.mark.django_db


def groups(client):
    response = client.get("/orgs/")
    assert response.status_code == 200
    return [g["organisations"] for g in response.context["groups"]]


def test_organisations_are_listed_by_kind_without_the_counties(client, house):
    alliance = OrganisationFactory(kind=OrgKind.ALLIANCE)

    assert groups(client) == [
        [house.province, house.city],
        [house.line],
        [house.experts],
        [alliance],
    ]


def test_government_and_society_stand_under_their_own_headings(client, house):
    office, helpers = (
        OrganisationFactory(kind=kind, short_name=name)
        for kind, name in ((OrgKind.GOVERNMENT, "省人社厅"), (OrgKind.SOCIAL, "法律援助志愿团"))
    )

    found = client.get("/orgs/").context["groups"]

    assert [(g["label"], g["organisations"]) for g in found] == [
        ("各级团组织", [house.province, house.city]),
        ("各条战线", [house.line]),
        ("政府部门", [office]),
        ("专家", [house.experts]),
        ("社会组织", [helpers]),
    ]
    # The county's committee is in the full list only.
    assert [g["more_url"] for g in found] == ["/orgs/?kind=league", "", "", "", ""]


def test_a_kind_with_many_shows_its_first_and_the_rest_in_pages(client, house):
    made = [
        OrganisationFactory(kind=OrgKind.GOVERNMENT, region_id=region)
        for region in ("410122", "410200", *["410000"] * 21, "410100")
    ]
    by_region = [*made[2:23], made[23], made[0], made[1]]

    (group,) = (g for g in client.get("/orgs/").context["groups"] if g["label"] == "政府部门")
    first = client.get(group["more_url"])
    second = client.get(first.context["next_url"])

    assert group["organisations"] == by_region[:20]
    assert (first.context["organisations"], second.context["organisations"]) == (
        by_region[:20],
        by_region[20:],
    )
    assert (first.context["first_url"], second.context["first_url"]) == (
        "",
        "/orgs/?kind=government",
    )
    assert second.context["next_url"] == ""
    for response in (first, second):
        assert "<h1>政府部门</h1>" in response.content.decode()


def test_the_full_list_of_committees_has_the_counties(client, house):
    found = client.get("/orgs/", {"kind": "league"}).context["organisations"]

    assert found == [house.province, house.city, house.county]


@pytest.mark.parametrize(
    "after", ["", "410100", "~1", "x~1", "４１０１００~1", "410100~0", "410100~x"]
)
def test_a_place_in_the_list_that_is_none_begins_at_the_top(client, house, after):
    response = client.get("/orgs/", {"kind": "league", "after": after})

    assert response.context["organisations"] == [house.province, house.city, house.county]


def test_a_kind_that_nobody_is_of_says_so_and_an_unknown_one_is_the_overview(client, house):
    assert "这里还没有登记的组织" in client.get("/orgs/", {"kind": "social"}).content.decode()
    assert "groups" in client.get("/orgs/", {"kind": "moon"}).context


def test_a_departments_page_names_its_subject_and_not_where_letters_go(client, house):
    office = OrganisationFactory(
        kind=OrgKind.GOVERNMENT,
        group=Group.LABOUR,
        region_id="410100",
        contact_email="letters@example.org",
    )

    shown = client.get(office.get_absolute_url()).content.decode()

    assert "政府部门 · 郑州市 · 劳动和社会保障" in shown
    assert "letters@" not in shown


def test_an_organisation_that_was_closed_is_nowhere(client, house):
    house.experts.is_active = False
    house.experts.save()

    assert house.experts not in sum(groups(client), [])
    assert client.get("/orgs/expert-law/").status_code == 404
    assert client.get("/orgs/nobody/").status_code == 404


def page(client, organisation):
    response = client.get(organisation.get_absolute_url())
    assert response.status_code == 200
    return response


def test_an_organisation_shows_who_it_is_and_what_is_below(client, house):
    house.city.parent = house.province
    house.city.save()
    closed = OrganisationFactory(parent=house.province, is_active=False)
    house.province.about = "全省团的领导机关。"
    house.province.save()

    response = page(client, house.province)

    assert list(response.context["children"]) == [house.city]
    shown = response.content.decode()
    for words in ("团河南省委全称", "全省团的领导机关。", "河南省"):
        assert words in shown
    assert 'href="/orgs/tuan-410100/"' in shown
    assert closed.short_name not in shown


def test_what_it_answered_is_listed_the_latest_first_and_counted(client, house):
    staff = member(house.city)
    questions = [ask(title=f"问题第{n}个", at=MONDAY) for n in range(4)]
    made = [
        answer(q, by=staff, organisation=house.city, at=MONDAY + timedelta(hours=n))
        for n, q in enumerate(questions)
    ]
    answer(questions[0], by=staff)
    actions.delete_answer(answer=made[3], by=Viewer(staff), at=MONDAY)
    ask(region="410122")
    ask()

    response = page(client, house.city)

    assert response.context["answers"] == made[2::-1]
    assert response.context["figures"] == {"answers": 3, "holding_waiting": 2}
    shown = response.content.decode()
    assert "问题第2个" in shown
    assert f'href="{made[2].get_absolute_url()}"' in shown


def test_answers_under_a_deleted_question_are_not_listed(client, house):
    question = ask()
    answer(question, by=member(house.city), organisation=house.city)
    actions.delete_question(question=question, by=asker_of(question), at=MONDAY)

    assert page(client, house.city).context["answers"] == []


def test_many_answers_come_in_pages(client, house):
    staff = member(house.city)
    made = [
        answer(ask(), by=staff, organisation=house.city, at=MONDAY + timedelta(minutes=n))
        for n in range(23)
    ][::-1]

    first = page(client, house.city).context
    second = client.get(first["next_url"]).context

    assert first["answers"] + second["answers"] == made
    assert (first["first_url"], second["first_url"]) == ("", "/orgs/tuan-410100/")
    assert second["next_url"] == ""


def test_nobody_who_wrote_is_named_on_an_organisations_page(client, house):
    writer = PersonFactory(nickname="执笔人小孟")
    house.city.memberships.create(person=writer)
    answer(ask(), by=writer, organisation=house.city)

    assert "小孟" not in page(client, house.city).content.decode()
