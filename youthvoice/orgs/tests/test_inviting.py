"""Links by which people come to work in an organisation: who makes them, and one use each."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import MONDAY, PASSWORD, SIGN_UP, PersonFactory, member
from tests.together import at_once
from youthvoice.journal.models import Entry
from youthvoice.kit import clock
from youthvoice.orgs import actions, policy, queries
from youthvoice.orgs.choices import INVITED_MOST, LEADS_GIVE, Role
from youthvoice.orgs.models import Invitation, Membership

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def lead(house):
    return member(house.city, Role.LEAD)


def invite(body, by, role=Role.ANSWERER, days=7, at=MONDAY):
    return actions.invite(organisation=body, role=role, whom="小周", days=days, by=by, at=at)


@pytest.mark.parametrize("given", Role)
@pytest.mark.parametrize("made_by", [None, *Role])
@pytest.mark.parametrize("own", [True, False])
def test_who_may_invite_to_what(house, made_by, given, own):
    """Leads give the work of their own office, operators everything, everywhere."""
    by = member(house.city, made_by) if made_by else PersonFactory()
    body = house.city if own else house.county
    may = made_by == Role.OPERATOR or (made_by == Role.LEAD and own and given in LEADS_GIVE)

    if may:
        assert queries.invitation(invite(body, by, given), at=MONDAY).role == given
    else:
        with pytest.raises(actions.UnableToInvite):
            invite(body, by, given)
    assert Invitation.objects.count() == may


def test_a_link_makes_one_member_once(house, lead):
    token = invite(house.city, lead)
    first, second = PersonFactory.create_batch(2)

    assert actions.accept_invitation(token=token, by=first, at=MONDAY).role == Role.ANSWERER
    assert actions.accept_invitation(token=token, by=second, at=MONDAY) is None

    assert policy.is_member(first, house.city.pk)
    assert not policy.is_member(second, house.city.pk)
    assert not Invitation.objects.exists()
    assert list(Entry.objects.values_list("verb", "actor")) == [
        ("orgs.invited", lead.pk),
        ("orgs.joined", first.pk),
    ]


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_gets_in(house, lead):
    token = invite(house.city, lead)
    people = PersonFactory.create_batch(4)

    at_once(*(lambda p=p: actions.accept_invitation(token=token, by=p, at=MONDAY) for p in people))

    assert Membership.objects.filter(organisation=house.city, person__in=people).count() == 1


def test_the_secret_stands_in_no_table(house, lead):
    token = invite(house.city, lead)

    (row,) = Invitation.objects.values()
    assert token not in str(row)
    assert token not in str(list(Entry.objects.values()))
    assert len(row["token_hash"]) == 64


def test_a_link_ends_with_its_days_its_office_and_who_made_it(house, lead):
    def opens(at=MONDAY):
        return queries.invitation(token, at=at) is not None

    token = invite(house.city, lead)
    assert (opens(MONDAY + 6 * DAY), opens(MONDAY + 7 * DAY)) == (True, False)
    Membership.objects.filter(person=lead).update(role=Role.ANSWERER)
    assert not opens()
    Membership.objects.filter(person=lead).update(role=Role.LEAD)
    assert opens()
    type(house.city).objects.filter(pk=house.city.pk).update(is_active=False)
    assert not opens()

    assert actions.purge_invitations(at=MONDAY + 6 * DAY) == 0
    assert actions.purge_invitations(at=MONDAY + 7 * DAY) == 1


def test_taking_back_is_once_too(house, lead):
    token = invite(house.city, lead)
    found = Invitation.objects.get()

    actions.uninvite(invitation=found, by=lead, at=MONDAY)

    assert queries.invitation(token, at=MONDAY) is None
    with pytest.raises(actions.UnableToInvite):
        actions.uninvite(invitation=found, by=lead, at=MONDAY)


def test_an_office_has_no_end_of_open_links(house, lead):
    invite(house.city, lead)
    one = Invitation.objects.get()
    Invitation.objects.bulk_create(
        Invitation(
            organisation=house.city, role=one.role, whom="甲", made_by=lead, made_at=MONDAY,
            token_hash=f"{n}", ends_at=one.ends_at,
        )
        for n in range(INVITED_MOST - 1)
    )  # fmt: skip

    with pytest.raises(actions.UnableToInvite, match="太多"):
        invite(house.city, lead)
    assert Invitation.objects.count() == INVITED_MOST


def test_somebody_new_comes_all_the_way(client, house, lead):
    """By the page: a link, signing up, agreeing; and the desk waits for the second factor."""
    client.force_login(lead)
    form = {"whom": "小周", "role": "answerer", "days": "3"}
    page = client.post(f"/desk/{house.city.slug}/members/", form).text
    path = re.search(r"<code>https?://testserver(/join/[^<]+/)</code>", page)[1]
    assert path not in client.get(f"/desk/{house.city.slug}/members/").text
    other = Client()
    shown = other.get(path).text
    assert house.city.name in shown
    assert f"/accounts/signup/?next={path}" in shown

    sent = {"username": "xiaozhou", "nickname": "小周", "password1": f"{PASSWORD}-x",
            "password2": f"{PASSWORD}-x", "next": path, **SIGN_UP}  # fmt: skip
    assert other.post("/accounts/signup/", sent)["Location"] == path
    assert other.get(path).text.count("小周")
    assert other.post(path)["Location"] == "/desk/"

    assert Membership.objects.get(person__username="xiaozhou").organisation == house.city
    assert other.get("/desk/")["Location"].startswith("/accounts/2fa/")
    assert other.get(path).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"whom": ""}, {"whom": "长" * 21}, {"role": "operator"}, {"role": "lead"}, {"days": "365"},
     {"days": "x"}, {}],
)  # fmt: skip
def test_what_is_wrong_makes_no_link(client, house, lead, wrong):
    client.force_login(lead)
    form = {"whom": "小周", "role": "answerer", "days": "3"} | wrong if wrong else {}

    assert client.post(f"/desk/{house.city.slug}/members/", form).status_code == 422
    assert not Invitation.objects.exists()


def test_the_desk_of_a_lead_leads_there(client, house, lead):
    """From the page that the menu opens, too: whoever has one office comes to no other."""
    path = f"/desk/{house.city.slug}/"
    for page in ("/desk/", path):
        client.force_login(lead)
        assert f'"{path}members/"' in client.get(page).text
        client.force_login(member(house.city))
        assert f'"{path}members/"' not in client.get(page).text


def test_operators_come_there_from_the_list_of_organisations(client, house):
    client.force_login(member(house.province, Role.OPERATOR))

    assert f'"/desk/{house.county.slug}/members/"' in client.get("/admin/orgs/organisation/").text


def test_open_links_are_listed_and_taken_back(client, house, lead):
    invite(house.city, lead, at=clock.now())
    client.force_login(lead)
    path = f"/desk/{house.city.slug}/members/"

    drop = re.search(r'action="([^"]+/drop/)"', client.get(path).text)[1]
    assert client.post(drop)["Location"] == path

    assert not Invitation.objects.exists()
    # In another tab the row still stands.
    page = client.post(drop, follow=True)
    assert page.redirect_chain == [(path, 302)]
    assert "刚刚用掉了，或者已经收回" in page.text
