"""Regions and organisations as the pages ask for them."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories import MONDAY, OrganisationFactory, PersonFactory, member
from youthvoice.journal.models import Entry
from youthvoice.orgs import policy, queries
from youthvoice.orgs.actions import join
from youthvoice.orgs.choices import OrgKind, Role
from youthvoice.orgs.models import Membership, Region

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()


def test_regions_are_asked_for_once_a_minute(house, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert set(queries.all_regions()) == {"410000", "410100", "410122", "410200"}
        queries.region_groups()
        queries.region_and_below("410000")

    queries.forget_regions()
    with django_assert_num_queries(1):
        queries.all_regions()


def test_cities_come_by_code_each_with_its_counties(house):
    groups = queries.region_groups()

    assert [(g.city.name, [c.name for c in g.counties]) for g in groups] == [
        ("郑州市", ["中牟县"]),
        ("开封市", []),
    ]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("410000", ["410000", "410100", "410200", "410122"]),
        ("410100", ["410100", "410122"]),
        ("410122", ["410122"]),
        ("999999", []),
        ("", []),
    ],
)
def test_a_region_and_all_below(house, code, found):
    assert queries.region_and_below(code) == found


def test_regions_in_a_ring_have_an_end(house):
    Region.objects.filter(code="410000").update(parent="410122")
    Region.objects.filter(code="410200").update(parent="410200")
    queries.forget_regions()

    assert set(queries.region_and_below("410100")) == {"410000", "410100", "410122"}
    assert queries.region_and_below("410200") == ["410200"]


def test_rows_say_what_they_are(house):
    person = member(house.city, Role.LEAD, nickname="小李")

    assert str(Region.objects.get(code="410122")) == "中牟县"
    assert str(house.city) == "团郑州市委"
    assert str(person.memberships.get()) == "小李 · 团郑州市委 · 带班"
    assert house.city.get_absolute_url() == "/orgs/tuan-410100/"


@pytest.mark.parametrize(
    ("kind", "official"),
    [
        (OrgKind.LEAGUE, True),
        (OrgKind.LINE, True),
        (OrgKind.EXPERT, False),
        (OrgKind.ALLIANCE, False),
    ],
)
def test_the_league_and_its_lines_are_official(kind, official):
    assert OrganisationFactory.build(kind=kind, region=None).is_official is official


@pytest.mark.parametrize("role", Role.values)
def test_whoever_works_somewhere_is_staff_and_answers_for_that_body_only(house, role):
    person = member(house.city, role)

    assert policy.is_staff(person)
    assert policy.is_member(person, house.city.pk)
    assert policy.may_answer_for(person, house.city.pk)
    assert not policy.may_answer_for(person, house.province.pk)
    assert not policy.is_member(person, None)
    assert policy.is_operator(person) is (role == Role.OPERATOR)


def test_nobody_else_is(house):
    closed = member(house.city, Role.OPERATOR, is_active=False)
    flagged = PersonFactory(is_staff=True, is_superuser=True)

    for person in (NOBODY, PersonFactory(), closed, flagged):
        assert not policy.is_staff(person)
        assert not policy.is_operator(person)
        assert not policy.is_member(person, house.city.pk)


def test_a_body_that_is_no_longer_in_use_gives_no_rights(house):
    person = member(house.city, Role.OPERATOR)
    house.city.is_active = False
    house.city.save()

    assert not policy.is_staff(person)
    assert not policy.is_operator(person)
    assert queries.organisations_of(person) == []
    assert queries.memberships_of(person) == []


def test_ones_organisations_come_once_each(house):
    person = member(house.city, Role.LEAD)
    Membership.objects.create(person=person, organisation=house.city, role=Role.DUTY)
    Membership.objects.create(person=person, organisation=house.province, role=Role.ANSWERER)

    assert queries.organisations_of(person) == [house.province, house.city]
    assert [m.role for m in queries.memberships_of(person)] == ["answerer", "duty", "lead"]
    assert queries.memberships_of(NOBODY) == []
    assert queries.organisations_of(PersonFactory()) == []


def test_joining_twice_is_once_and_in_the_journal_once(house):
    person, operator = PersonFactory(), member(house.province, Role.OPERATOR)

    first, again = (
        join(person=person, organisation=house.city, role=Role.DUTY, by=operator, at=MONDAY)
        for _ in range(2)
    )

    assert first == again
    assert list(Entry.objects.values_list("verb", "subject", "actor", "data")) == [
        ("orgs.joined", f"orgs.membership:{first.pk}", operator.pk, {"role": "duty"})
    ]
