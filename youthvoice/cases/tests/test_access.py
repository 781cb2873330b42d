"""Who holds a case, and whose desk it is."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from tests.factories import NOBODY, PersonFactory, ask, member
from youthvoice.cases import policy
from youthvoice.cases.queries import access_desk

pytestmark = pytest.mark.django_db


def test_who_holds_a_case_and_may_see_a_queue(house):
    case, staff = ask().case, member(house.city)

    assert policy.holds(staff, case) is True
    assert policy.may_see_queue(staff, house.city.pk) is True
    for other in (NOBODY, PersonFactory(), member(house.county)):
        assert policy.holds(other, case) is False
        assert policy.may_see_queue(other, house.city.pk) is False
    assert policy.holds(staff, None) is False


def test_a_desk_is_its_members_own_while_the_body_is_there(house):
    staff, slug = member(house.city), house.city.slug

    assert access_desk(staff, slug) == house.city
    for other in (NOBODY, PersonFactory(), member(house.county)):
        with pytest.raises(PermissionDenied):
            access_desk(other, slug)
    house.city.is_active = False
    house.city.save()
    for gone in (slug, "nobody"):
        with pytest.raises(Http404):
            access_desk(staff, gone)
