"""Agreeing to the rules and the privacy page, each for itself, and taking it back."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from tests.factories import MONDAY, PersonFactory
from youthvoice.journal.models import Entry
from youthvoice.kit.clock import start_of_day
from youthvoice.people import actions, policy
from youthvoice.people.choices import VERSIONS, AgeBand, Document, Version
from youthvoice.people.models import Consent

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)


def entries():
    return list(Entry.objects.order_by("seq").values_list("verb", "actor", "data"))


@pytest.fixture
def newer(monkeypatch):
    """The rules have another version now."""
    monkeypatch.setitem(VERSIONS, Document.RULES, Version("2027-01-01", "x"))


def test_each_is_given_for_itself_and_told_by_number_and_code():
    person = PersonFactory(consents=False)
    assert policy.missing_consents(person) == [Document.RULES, Document.PRIVACY]

    actions.give_consents(person=person, what=[Document.PRIVACY], at=MONDAY)

    assert policy.missing_consents(person) == [Document.RULES]
    data = {"what": "privacy", "version": VERSIONS[Document.PRIVACY].name}
    assert entries() == [("consent.given", person.pk, data)]


def test_given_twice_is_given_once():
    person = PersonFactory(consents=False)

    for at in (MONDAY, LATER):
        actions.give_consents(person=person, what=Document, at=at)

    assert set(person.consents.values_list("given_at", flat=True)) == {start_of_day(MONDAY)}
    assert (person.consents.count(), len(entries())) == (2, 2)


def test_what_is_withdrawn_is_kept_as_a_proof_and_no_longer_holds():
    person = PersonFactory()

    actions.withdraw_consent(person=person, what=Document.RULES, at=LATER)
    actions.withdraw_consent(person=person, what=Document.RULES, at=LATER)

    assert policy.missing_consents(person) == [Document.RULES]
    row = Consent.objects.get(person=person, what=Document.RULES)
    assert (row.given_at, row.withdrawn_at) == (start_of_day(MONDAY), start_of_day(LATER))
    data = {"what": "rules", "version": VERSIONS[Document.RULES].name}
    assert entries() == [("consent.withdrawn", person.pk, data)]


def test_another_version_is_asked_for_anew_and_takes_the_place_of_the_old(newer):
    person = PersonFactory(consents=False)
    Consent.objects.create(person=person, what="rules", version="2026-11-23", given_at=MONDAY)
    assert Document.RULES in policy.missing_consents(person)

    actions.give_consents(person=person, what=Document, at=LATER)

    assert policy.missing_consents(person) == []
    assert list(person.consents.filter(what="rules", withdrawn_at=None).values_list("version")) == [
        ("2027-01-01",)
    ]


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_are_one_consent():
    person = PersonFactory(consents=False)
    start = threading.Barrier(4)
    failed = []

    def tap():
        try:
            start.wait()
            actions.give_consents(person=person, what=Document, at=MONDAY)
        except Exception as problem:
            failed.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=tap) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert (person.consents.count(), len(entries())) == (2, 2)


# --- The page ----------------------------------------------------------------------------


def test_the_page_gives_and_takes_back_with_one_tap_each(client):
    person = PersonFactory()
    client.force_login(person)
    shown = client.get("/accounts/consents/").text
    assert (shown.count('value="withdraw"'), shown.count('value="give"')) == (2, 0)

    body = {"what": "privacy", "act": "withdraw"}
    after = client.post("/accounts/consents/", body, follow=True).text
    assert (after.count('value="withdraw"'), after.count('value="give"')) == (1, 1)
    assert "撤回了：你不再同意隐私说明。" in after
    assert policy.missing_consents(person) == [Document.PRIVACY]

    again = client.post("/accounts/consents/", body | {"act": "give"}, follow=True).text
    assert "记下了：你同意隐私说明。" in again
    assert policy.missing_consents(person) == []


def test_the_page_tells_of_an_older_version(client, newer):
    client.force_login(PersonFactory(consents=False))
    Consent.objects.create(
        person_id=int(client.session["_auth_user_id"]), what="rules", version="2026-11-23",
        given_at=MONDAY,
    )  # fmt: skip

    page = client.get("/accounts/consents/").text

    assert "2026年3月2日你同意的是 2026-11-23 那一版。现在是 2027-01-01 这一版" in page
    assert "现在没有同意。" in page


def test_of_signing_up_it_tells_the_month_and_no_day(client):
    person = PersonFactory(consents=False)
    at = MONDAY + timedelta(days=9)
    actions.sign_up(person=person, nickname="小禾", band=AgeBand.ADULT, at=at)
    client.force_login(person)

    page = client.get("/accounts/consents/").text

    assert page.count("2026年3月同意的") == 2


@pytest.mark.parametrize("body", [{}, {"what": "all", "act": "give"}, {"what": "rules"}])
def test_what_the_page_does_not_offer_is_refused(client, body):
    person = PersonFactory()
    client.force_login(person)

    assert client.post("/accounts/consents/", body).status_code == 422
    assert policy.missing_consents(person) == []


# --- Signing up --------------------------------------------------------------------------


@pytest.mark.parametrize("box", ["agree_rules", "agree_privacy"])
def test_nobody_signs_up_without_both(client, box):
    from youthvoice.people.tests.test_sign_up import refusals, sign_up

    assert list(refusals(sign_up(client, **{box: ""}))) == [box]
    assert not Consent.objects.exists()


def test_who_signs_up_has_agreed_to_both(client):
    from youthvoice.people.tests.test_sign_up import sign_up

    sign_up(client)

    assert policy.missing_consents(Consent.objects.first().person) == []
