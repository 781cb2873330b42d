"""Bodies of the government and of society, to whom a matter may be referred."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import OrganisationFactory
from youthvoice.orgs import queries
from youthvoice.orgs.choices import OF_KIND, Group, OrgKind, lane_of
from youthvoice.orgs.models import Organisation, Region

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
GOVERNMENT = [OrgKind.GOVERNMENT]


@pytest.fixture
def offices(house):
    """Departments for labour in each region, and one for housing in the county."""
    queries.all_regions()
    return {
        name: OrganisationFactory(
            kind=OrgKind.GOVERNMENT, region_id=region, group=group, short_name=name
        )
        for name, region, group in (
            ("省人社厅", "410000", Group.LABOUR),
            ("郑州市人社局", "410100", Group.LABOUR),
            ("开封市人社局", "410200", Group.LABOUR),
            ("中牟县住建局", "410122", Group.CONSTRUCTION),
            ("中牟县人社局", "410122", Group.LABOUR),
        )
    }


def names(rows):
    return [o.short_name for o in rows]


def test_every_kind_of_body_gives_one_kind_of_help():
    assert set(OF_KIND) == set(OrgKind)
    assert {kind: lane_of(kind) for kind in OrgKind} == {
        OrgKind.LEAGUE: "league",
        OrgKind.LINE: "league",
        OrgKind.BRANCH: "league",
        OrgKind.EXPERT: "society",
        OrgKind.ALLIANCE: "society",
        OrgKind.GOVERNMENT: "government",
        OrgKind.SOCIAL: "society",
    }


@pytest.mark.parametrize(
    ("region", "found"),
    [
        ("410122", ["中牟县住建局", "中牟县人社局", "郑州市人社局", "省人社厅"]),
        ("410100", ["郑州市人社局", "省人社厅"]),
        ("410000", ["省人社厅"]),
        ("", ["省人社厅"]),
        (None, ["省人社厅"]),
        ("999999", ["省人社厅"]),
    ],
)
def test_the_nearest_bodies_come_first_and_none_from_elsewhere(offices, region, found):
    assert names(queries.bodies_for(region, kinds=GOVERNMENT)) == found


def test_a_group_leaves_those_that_answer_for_it(offices):
    found = queries.bodies_for("410122", kinds=GOVERNMENT, group=Group.LABOUR)

    assert names(found) == ["中牟县人社局", "郑州市人社局", "省人社厅"]


def test_only_the_kinds_that_were_asked_for_and_only_those_in_use(house, offices):
    social = OrganisationFactory(kind=OrgKind.SOCIAL)
    Organisation.objects.filter(short_name="省人社厅").update(is_active=False)

    kinds = [OrgKind.SOCIAL, OrgKind.EXPERT]
    assert list(queries.bodies_for("410100", kinds=kinds)) == [house.experts, social]
    assert names(queries.bodies_for("410100", kinds=GOVERNMENT)) == ["郑州市人社局"]
    assert list(queries.bodies_for("410100", kinds=[])) == []


def test_they_come_with_their_regions_in_one_query(offices, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = queries.bodies_for("410122", kinds=GOVERNMENT)
        assert {o.region.name for o in found} == {"中牟县", "郑州市", "河南省"}


def test_a_region_and_all_above(house):
    assert queries.region_and_above("410122") == ["410122", "410100", "410000"]
    assert queries.region_and_above("410000") == ["410000"]
    assert queries.region_and_above("999999") == queries.region_and_above("") == []


def test_regions_in_a_ring_have_an_end_upwards(house):
    Region.objects.filter(code="410000").update(parent="410122")
    queries.forget_regions()

    assert queries.region_and_above("410100") == ["410100", "410000", "410122"]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"group": Group.LABOUR, "contact_email": "renshe@example.org"}, []),
        ({"group": "", "contact_email": ""}, []),
        ({"group": "moon"}, ["group"]),
        ({"contact_email": "not an address"}, ["contact_email"]),
    ],
)
def test_operators_say_for_what_it_answers_and_where_letters_go(house, changes, wrong):
    body = OrganisationFactory(kind=OrgKind.GOVERNMENT, **changes)

    try:
        body.full_clean()
        found = []
    except ValidationError as problem:
        found = list(problem.error_dict)

    assert found == wrong
