"""A number in an address that no row can have is a page that isn't there, and no failure."""

import re

import pytest
from django.urls import get_resolver

from tests.access.walker import patterns
from tests.factories import member
from youthvoice.orgs.choices import Role

pytestmark = [pytest.mark.django_db, pytest.mark.databases]
NUMBERED = sorted(
    route
    for route in patterns(get_resolver())
    if "<int:" in route and not re.search(r"<(?!int:)", route)
)


@pytest.mark.parametrize("number", [2**63, 10**30], ids=["one too large", "far too large"])
def test_no_address_fails_at_a_number_that_no_row_has(client, house, number):
    client.force_login(member(house.city, Role.LEAD))
    paths = ["/" + re.sub(r"<int:\w+>", str(number), route) for route in NUMBERED]
    assert len(paths) > 50

    answers = {path: client.get(path).status_code for path in paths}
    answers |= {f"POST {path}": client.post(path, {"text": "x"}).status_code for path in paths}

    assert {path: code for path, code in answers.items() if code >= 500 or code == 200} == {}
