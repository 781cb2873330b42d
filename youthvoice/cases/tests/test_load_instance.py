"""The command that makes a province: regions, committees, lines, experts and routes."""

import io

import pytest
from django.core.management import call_command

from youthvoice.cases.models import Route
from youthvoice.cases.queries import holder_for
from youthvoice.orgs.choices import Level
from youthvoice.orgs.models import Organisation, Region
from youthvoice.safety.models import HelpLine, ListedWord

pytestmark = pytest.mark.django_db


def load(**options):
    out = io.StringIO()
    call_command("load_instance", stdout=out, **options)
    return out.getvalue()


def test_the_province_is_loaded_once_and_every_region_has_its_holder(bare):
    said = load()

    regions, organisations, routes = (
        Region.objects.count(),
        Organisation.objects.count(),
        Route.objects.count(),
    )
    safety = HelpLine.objects.count() + ListedWord.objects.count()
    assert said == (
        f"regions {regions}, organisations {organisations}, routes {routes}, "
        f"lines and words {safety}\n"
    )
    assert routes == regions + 1
    cities = Region.objects.filter(level=Level.CITY)
    assert cities.count() == 18
    for region in [*cities, *Region.objects.filter(level=Level.COUNTY)[:5]]:
        holder = holder_for(region_code=region.code, field="work", kind="help")
        assert holder.region == region
    assert load() == "regions 0, organisations 0, routes 0, lines and words 0\n"
    assert load(verbosity=0) == ""
