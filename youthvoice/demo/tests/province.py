from tests.factories import MONDAY, remove_house
from youthvoice.cases.actions import load_routes
from youthvoice.orgs.actions import load_province
from youthvoice.orgs.models import Region


def load_house():
    """The province as it is before anybody lives in it."""
    remove_house()
    load_province(at=MONDAY)
    load_routes(regions=list(Region.objects.values_list("code", flat=True)), at=MONDAY)
