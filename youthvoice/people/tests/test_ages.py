"""Age bands: what is kept, who counts as a minor, and what staff read of them."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY, PersonFactory, ask, member
from youthvoice.journal.models import Entry
from youthvoice.orgs.choices import Role
from youthvoice.people import actions, policy
from youthvoice.people.choices import AgeBand
from youthvoice.people.models import Guardianship, User
from youthvoice.people.tests.test_sign_up import refusals, sign_up

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("held_reads")]
NEXT_YEAR = MONDAY + timedelta(days=365)


def reads():
    return list(Entry.objects.filter(verb="minor.read").values_list("subject", "actor", "data"))


# --- What is asked and kept --------------------------------------------------------------


def test_the_form_says_why_it_asks(client):
    page = client.get("/accounts/signup/").text

    assert "不满 18 岁的人受更多保护" in page
    assert all(label in page for label in ("未满 14 岁", "14—17 岁", "18 岁以上"))


def test_only_the_band_and_the_year_are_kept(client, monkeypatch):
    monkeypatch.setattr("youthvoice.kit.clock.now", lambda: MONDAY)
    sign_up(client, age_band="14-17")

    person = User.objects.get()
    assert (person.age_band, person.age_said) == (AgeBand.YOUTH, 2026)
    assert not Guardianship.objects.exists()
    assert not Entry.objects.exists()  # it would tell when they signed up


@pytest.mark.parametrize("band", ["", "12", "under-18"])
def test_no_band_or_another_is_refused(client, band):
    assert list(refusals(sign_up(client, age_band=band))) == ["age_band"]
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("before", "after", "at", "may"),
    [
        ("", "18", MONDAY, True),
        ("18", "under-14", MONDAY, True),
        ("18", "18", MONDAY, True),
        ("under-14", "14-17", MONDAY, False),
        ("under-14", "18", MONDAY, False),
        ("14-17", "18", MONDAY, False),
        ("14-17", "18", NEXT_YEAR, True),
        ("under-14", "14-17", NEXT_YEAR, True),
    ],
)
def test_younger_at_any_time_older_in_another_year(client, monkeypatch, before, after, at, may):
    person = PersonFactory(age_band=before, age_said=2026 if before else None)
    client.force_login(person)
    monkeypatch.setattr("youthvoice.kit.clock.now", lambda: at)

    response = client.post("/accounts/age/", {"age_band": after})

    person.refresh_from_db()
    assert response.status_code == (302 if may else 422)
    assert person.age_band == (after if may else before)
    assert ("明年再来改" in response.text) is not may


def test_who_is_old_enough_now_needs_no_guardian_any_more():
    person = PersonFactory(age_band="", age_said=None)
    actions.say_age(person=person, band=AgeBand.UNDER_14, at=MONDAY)
    assert policy.waits_for_guardian(person)

    actions.say_age(person=person, band=AgeBand.YOUTH, at=NEXT_YEAR)

    assert not policy.waits_for_guardian(person)
    assert not Guardianship.objects.exists()


@pytest.mark.parametrize(
    ("band", "said", "asks"),
    [("", None, True), ("18", 2020, False), ("14-17", 2026, False), ("14-17", 2025, True)],
)
def test_the_profile_asks_who_never_said_and_minors_in_another_year(
    client, monkeypatch, band, said, asks
):
    monkeypatch.setattr("youthvoice.kit.clock.now", lambda: MONDAY)
    client.force_login(PersonFactory(age_band=band, age_said=said))

    assert ('name="age_band"' in client.get("/accounts/profile/").text) is asks


def test_the_page_about_age_shows_what_was_said(client):
    client.force_login(PersonFactory(age_band="14-17"))

    page = client.get("/accounts/age/").text

    assert 'value="14-17" required id="id_age_band_1" aria' not in page
    assert page.count("checked") == 1


def test_who_chooses_the_youngest_is_led_to_the_guardian(client):
    client.force_login(PersonFactory())

    response = client.post("/accounts/age/", {"age_band": "under-14"})

    assert response.headers["Location"] == "/accounts/guardian/"


def test_an_age_is_told_by_whoever_is_signed_in_only(client):
    assert client.get("/accounts/age/").headers["Location"].startswith("/accounts/login/")


# --- What follows ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("band", "protected"), [("", True), ("under-14", True), ("14-17", True), ("18", False)]
)
def test_all_but_those_of_age_are_protected(band, protected):
    assert policy.is_protected(PersonFactory.build(age_band=band)) is protected


def test_nobody_is_protected_like_a_minor():
    assert policy.is_protected(None)


def test_a_minors_name_leads_nowhere(house, client):
    """There are no pages of people, and so none of minors."""
    question = ask(by=PersonFactory(age_band="14-17", nickname="小雨点"))

    page = client.get(f"/q/{question.pk}/").text

    assert "小雨点" in page
    assert not [part for part in page.split("<a ")[1:] if "小雨点" in part.partition("</a>")[0]]
    for path in ("people", "person", "user", "u"):
        assert client.get(f"/{path}/{question.author_id}/").status_code == 404


# --- What operators read -----------------------------------------------------------------


@pytest.fixture
def operator(house, client):
    found = member(house.province, Role.OPERATOR, username="boss")
    client.force_login(found)
    return found


@pytest.mark.parametrize("band", ["", "under-14", "14-17"])
def test_each_look_at_a_minors_page_is_an_entry(operator, client, band):
    minor = PersonFactory(age_band=band, username="xiaoyu", email="xiaoyu@example.cn")
    url = f"/admin/people/user/{minor.pk}/change/"

    assert "xiaoyu@example.cn" in client.get(url).text
    client.get(url)

    assert reads() == [(f"people.user:{minor.pk}", operator.pk, {})] * 2


def test_other_peoples_pages_are_not(operator, client):
    User.objects.filter(pk=operator.pk).update(age_band="")
    imported = actions.find_or_import(code="7", at=MONDAY)

    for person in (PersonFactory(), operator, imported):
        assert client.get(f"/admin/people/user/{person.pk}/change/").status_code == 200
    client.get("/admin/people/user/999999/change/")

    assert reads() == []


def test_no_list_and_no_search_tells_what_is_private_of_a_minor(operator, client):
    PersonFactory(age_band="14-17", nickname="小雨点", username="xiaoyu", email="rain@example.cn")
    PersonFactory(nickname="大李", username="dali", email="dali@example.cn")

    shown = client.get("/admin/people/user/").text
    assert "小雨点" in shown
    assert "dali" in shown
    assert "xiaoyu" not in shown
    assert "example.cn" not in shown

    def found(words):
        return client.get("/admin/people/user/", {"q": words}).context["cl"].result_count

    assert [found(words) for words in ("小雨点", "xiaoyu", "rain@", "dali@")] == [1, 0, 0, 1]
    offered = client.get(
        "/admin/autocomplete/",
        {"term": "rain", "app_label": "orgs", "model_name": "membership", "field_name": "person"},
    )
    assert offered.json()["results"] == []
    assert reads() == []


def test_a_refused_look_is_no_read(house, client):
    minor = PersonFactory(age_band="14-17")
    client.force_login(member(house.province, Role.LEAD))

    client.get(f"/admin/people/user/{minor.pk}/change/")

    assert reads() == []
