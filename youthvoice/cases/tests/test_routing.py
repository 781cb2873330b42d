"""Region × field × kind → who holds it: the most exact row wins."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories import MONDAY, OrganisationFactory, ask
from youthvoice.cases.actions import load_routes
from youthvoice.cases.models import Route
from youthvoice.cases.queries import NoRoute, holder_for
from youthvoice.journal.models import Entry
from youthvoice.orgs.choices import OrgKind
from youthvoice.orgs.models import Organisation

pytestmark = pytest.mark.django_db


def holder(region="410122", field="work", kind="help"):
    return holder_for(region_code=region, field=field, kind=kind)


def route(region=None, field="", kind=""):
    """A row of the table to an organisation of its own."""
    made = Route(region_id=region, field=field, kind=kind, holder=OrganisationFactory())
    made.save()
    return made.holder


def test_a_question_goes_to_the_committee_of_its_county_city_or_province(house):
    assert holder("410122") == house.county
    assert holder("410100") == house.city
    assert holder("410200") == house.province
    assert holder("410000") == house.province
    assert holder(None) == house.province


def test_a_code_that_is_no_region_goes_to_the_row_for_everything(house):
    assert holder("999999") == house.province


def test_a_county_without_a_row_goes_up_to_its_city(house):
    Route.objects.filter(region_id="410122").delete()
    assert holder("410122") == house.city

    Route.objects.filter(region_id="410100").delete()
    assert holder("410122") == house.province


def test_a_region_beats_a_field_and_a_field_beats_a_kind(house):
    by_field, by_kind = route(field="work"), route(kind="help")
    assert holder("410200") == by_field
    assert holder("410200", field="life") == by_kind
    # Any row of the county's own is more exact than any row of the city's or of everywhere.
    assert holder("410122") == house.county

    both = route(field="work", kind="help")
    assert holder("410200") == both
    city_field = route("410100", field="work", kind="help")
    assert holder("410122") == house.county
    assert holder("410100") == city_field
    county_kind = route("410122", kind="help")
    assert holder("410122") == county_kind
    county_field = route("410122", field="work")
    assert holder("410122") == county_field
    assert holder("410122", kind="talk") == county_field
    assert holder("410122", field="life") == county_kind


def test_a_row_for_another_field_or_kind_is_no_row(house):
    route("410122", field="life")
    route("410122", kind="talk")

    assert holder("410122") == house.county


def test_an_organisation_that_was_closed_holds_nothing_new(house):
    house.county.is_active = False
    house.county.save()

    assert holder("410122") == house.city


def test_without_any_row_there_is_no_holder_and_the_sentence_helps(house):
    Route.objects.all().delete()

    with pytest.raises(NoRoute, match="load-instance"):
        holder("410122")
    with pytest.raises(NoRoute):
        ask()


def test_a_row_is_in_the_table_once(house):
    for region in ("410122", None):
        with pytest.raises(IntegrityError), transaction.atomic():
            route(region)


def test_a_row_says_what_it_does(house):
    assert str(Route.objects.get(region=None)) == "任何地区 · 任何领域 · 任何类型 → 团河南省委"
    made = Route(region_id="410122", field="work", kind="help", holder=house.county)
    assert str(made) == "中牟县 · 工作 · 求助 → 团中牟县委"


ALL = ["410000", "410100", "410122", "410200"]


def test_each_new_region_gets_the_row_of_its_own_committee(house):
    Route.objects.all().delete()

    assert load_routes(regions=ALL, at=MONDAY) == 4

    assert {(r.region_id, r.holder) for r in Route.objects.all()} == {
        ("410000", house.province),
        ("410100", house.city),
        ("410122", house.county),
        (None, house.province),
    }
    entry = Entry.objects.get(verb="cases.routes_loaded")
    assert (entry.actor, entry.data) == (None, {"rows": 4})


def test_what_operators_made_changed_or_removed_stays_so(house):
    kept = OrganisationFactory()
    Route.objects.filter(region_id="410122").update(holder=kept)
    Route.objects.filter(region=None).update(holder=kept)
    Route.objects.filter(region_id="410100").delete()

    assert load_routes(regions=["410122"], at=MONDAY) == 0

    assert (holder("410122"), holder("410100"), holder(None)) == (kept, kept, kept)
    assert Entry.objects.filter(verb="cases.routes_loaded").count() == 0


def test_the_row_for_everything_comes_back_for_no_question_may_be_without_a_holder(house):
    Route.objects.all().delete()

    assert load_routes(regions=[], at=MONDAY) == 1

    assert holder("410122") == house.province


def test_a_house_without_committees_loads_no_routes(house):
    Route.objects.all().delete()
    Organisation.objects.filter(kind=OrgKind.LEAGUE).delete()

    assert load_routes(regions=ALL, at=MONDAY) == 0
    assert Entry.objects.filter(verb="cases.routes_loaded").count() == 0
