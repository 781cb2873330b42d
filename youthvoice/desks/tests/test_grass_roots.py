"""Committees of townships and schools, and branches: many, so few of them stand in a list."""

import pytest

from tests.factories import MONDAY
from youthvoice.cases.actions.routes import import_bodies
from youthvoice.cases.tests.test_import_bodies import SCHOOL, TOWN
from youthvoice.desks.queries.bodies import bodies_in_use
from youthvoice.orgs.models import Organisation
from youthvoice.orgs.queries import forget_regions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh(house):
    forget_regions()
    yield
    forget_regions()


def test_staff_find_the_grass_roots_near_the_question_by_name_and_once_chosen(house):
    """Ten thousand of them would be on each page of a case."""
    import_bodies(rows=[(2, TOWN), (3, SCHOOL)], at=MONDAY)
    school = Organisation.objects.get(name=SCHOOL["全称"])

    def found(code, **more):
        names = {b.short_name for b in bodies_in_use(region_code=code, **more).rows}
        assert {"团中牟县委", "团河南省委"} <= names
        return names & {TOWN["简称"], SCHOOL["简称"]}

    assert found("410122101") == {TOWN["简称"], SCHOOL["简称"]}
    assert found("410122") == {SCHOOL["简称"]}
    assert found("410200") == found(None) == set()
    assert (
        found("410200", name="一高") == found(None, also=["x", str(school.pk)]) == {SCHOOL["简称"]}
    )
    offices = dict(bodies_in_use(region_code="410122101").offices())
    assert TOWN["简称"] in dict(offices["郑州市"]).values()
