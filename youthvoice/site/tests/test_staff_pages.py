"""The header's personal part and the staff's front page, for each role."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, PersonFactory, ask, member
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership
from youthvoice.workdays.models import EnteredYear, UnknownYear

pytestmark = pytest.mark.django_db


def bar(client, person=None):
    if person is not None:
        client.force_login(person)
    response = client.get("/me/bar/")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


def test_somebody_signed_out_is_offered_to_sign_in(client, house):
    shown = bar(client)

    assert 'href="/accounts/login/"' in shown
    for path in ("/mine/", "/desk/", "/admin/", "/demo/"):
        assert path not in shown


def test_a_young_person_finds_their_own(client, house):
    shown = bar(client, PersonFactory(nickname="阿树"))

    assert 'href="/mine/"' in shown
    assert "阿树" in shown
    for path in ("/accounts/login/", "/desk/", "/admin/", "/demo/"):
        assert path not in shown


def test_staff_find_their_desk_with_how_many_wait(client, house):
    for region in ("410122", "410122", "410100"):
        ask(region=region)
    staff = member(house.county)
    Membership.objects.create(person=staff, organisation=house.county, role=Role.LEAD)

    client.force_login(staff)
    response = client.get("/me/bar/")

    assert response.context["desk_count"] == 2
    shown = response.content.decode()
    assert 'href="/desk/"' in shown
    assert "/admin/" not in shown


def test_an_operator_finds_the_back_rooms(client, house):
    assert 'href="/admin/"' in bar(client, member(house.province, Role.OPERATOR))


def test_who_works_only_where_it_was_closed_is_no_staff(client, house):
    person = member(house.experts)
    house.experts.is_active = False
    house.experts.save()

    assert "/desk/" not in bar(client, person)
    assert client.get("/desk/").status_code == 403


def test_the_header_is_only_looked_at(client, house):
    assert client.post("/me/bar/").status_code == 405


# --- The desk ----------------------------------------------------------------------------


def test_the_desk_is_for_staff(client, house):
    response = client.get("/desk/")
    assert (response.status_code, response.url) == (302, "/accounts/login/?next=/desk/")

    client.force_login(PersonFactory())
    response = client.get("/desk/")
    assert response.status_code == 403
    assert "<h1" in response.content.decode()


def test_the_desk_opens_where_most_wait(client, house):
    staff = member(house.city)
    Membership.objects.create(person=staff, organisation=house.county)
    for n in range(2):
        ask(region="410122", at=MONDAY + timedelta(hours=n))
    ask(region="410100")
    client.force_login(staff)

    response = client.get("/desk/")

    assert response.status_code == 200
    assert response.context["organisation"] == house.county
    assert [(d.organisation, d.waiting) for d in response.context["desks"]] == [
        (house.city, 1),
        (house.county, 2),
    ]
    assert len(response.context["lanes"]) == 2
    shown = response.content.decode()
    assert 'href="/desk/tuan-410100/"' in shown
    assert 'href="/desk/tuan-410122/"' in shown


def test_an_expert_has_an_empty_desk(client, house):
    ask()
    client.force_login(member(house.experts))

    response = client.get("/desk/")

    assert response.status_code == 200
    assert response.context["lanes"] == []
    assert "法律专家组" in response.content.decode()


def test_the_desks_next_page_is_the_organisations_own(client, house):
    for n in range(21):
        ask(at=MONDAY + timedelta(minutes=n))
    client.force_login(member(house.city))

    following = client.get("/desk/").context["next_url"]

    assert following.startswith("/desk/tuan-410100/?")
    assert len(client.get(following).context["lanes"]) == 1


def test_operators_alone_are_asked_for_the_holidays_that_are_missing(client, house, at):
    UnknownYear.objects.create(year=2090, first_seen_at=MONDAY)
    operator = member(house.province, Role.OPERATOR)
    sentence = "2090 年的放假和调休还没录入"

    client.force_login(member(house.province, Role.LEAD))
    assert sentence not in client.get("/desk/").text

    client.force_login(operator)
    shown = client.get("/desk/").text
    assert shown.count(sentence) == 1
    assert 'href="/admin/workdays/dayoverride/notice/"' in shown

    EnteredYear.objects.create(year=2090, entered_at=MONDAY)
    assert sentence not in client.get("/desk/").text


def test_a_crisis_stands_above_reports(client, house):
    question = ask(text="我不想活了，今晚就跳楼。")
    lead = member(house.city, Role.LEAD)
    client.force_login(lead)

    shown = client.get("/desk/").text

    assert question.pk
    assert 0 < shown.index("条紧急记录等着处理") < shown.index("举报处理")
