"""Whoever signs out, by whichever door, leaves nothing to the next one at the same telephone."""

from datetime import timedelta

import pytest
from django.conf import settings as conf

from tests.factories import PersonFactory, member
from youthvoice.kit import clock
from youthvoice.orgs.choices import Role
from youthvoice.questions.viewers import COOKIE as RECEIPTS
from youthvoice.site.middleware import SIGNED_OUT

pytestmark = pytest.mark.django_db


def anybody(house):
    return PersonFactory()


def operator(house):
    return member(house.province, Role.OPERATOR)


def without_password(house):
    """Nothing could be asked for before they leave."""
    person = PersonFactory()
    person.set_unusable_password()
    person.save()
    return person


DOORS = {
    "/accounts/logout/": anybody,
    "/admin/logout/": operator,
    "/accounts/data/leave/": without_password,
}


@pytest.mark.parametrize("door", DOORS)
def test_every_own_sign_out_erases_drafts_and_shuts_receipts(client, house, door):
    client.force_login(DOORS[door](house))
    client.cookies[RECEIPTS] = "opened"

    answer = client.post(door)

    assert "_auth_user_id" not in client.session
    assert answer.cookies[SIGNED_OUT].value == "1"
    assert answer.cookies[RECEIPTS].value == ""


def test_a_session_that_ends_by_itself_keeps_them(client, house, monkeypatch):
    client.force_login(member(house.city))
    assert client.get("/desk/").status_code == 200
    later = clock.now() + timedelta(seconds=conf.STAFF_IDLE_SECONDS + 60)
    monkeypatch.setattr(clock, "now", lambda: later)

    answer = client.post("/cases/1/reply/", {"text": "先去街道登记。"})

    assert "_auth_user_id" not in client.session
    assert SIGNED_OUT not in answer.cookies
