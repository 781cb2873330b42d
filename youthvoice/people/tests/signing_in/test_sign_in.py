"""Signing in by name or by address; out again; and who never can."""

import pytest
from django.core import mail
from django.test import Client

from tests.factories import MONDAY, PASSWORD, PersonFactory
from youthvoice.journal.models import Entry
from youthvoice.people.actions import create_person, find_or_import
from youthvoice.people.models import User

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "luoyang-shuixi-8"


def sign_in(client, login, password=PASSWORD, **extra):
    return client.post("/accounts/login/", {"login": login, "password": password}, **extra)


def signed_in(client):
    return client.session.get("_auth_user_id")


@pytest.fixture
def person():
    return PersonFactory(username="xiaoli", email="xiaoli@example.cn")


@pytest.mark.parametrize(
    "login", ["xiaoli", "XiaoLi", " xiaoli ", "xiaoli@example.cn", "XiaoLi@Example.CN"]
)
def test_by_name_or_by_address(client, person, login):
    response = sign_in(client, login)

    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert signed_in(client) == str(person.pk)


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("xiaoli", "wrong-words-7"),
        ("xiaoli", PASSWORD.upper()),
        ("xiaoli@example.cn", "wrong-words-7"),
        ("nobody", PASSWORD),
        ("nobody@example.cn", PASSWORD),
        ("xiaoli", ""),
        ("", PASSWORD),
        ("xiaoli\x00", PASSWORD),
    ],
)
def test_with_something_wrong_nobody_is_signed_in(client, person, login, password):
    response = sign_in(client, login, password)

    assert (response.status_code, signed_in(client)) == (200, None)
    assert response.context["form"].errors
    assert 'id="errors"' in response.text


def test_a_wrong_password_and_an_unknown_name_are_told_alike(client, person):
    wrong = sign_in(client, "xiaoli", "wrong-words-7").context["form"].errors
    unknown = sign_in(client, "nobody", "wrong-words-7").context["form"].errors

    assert wrong == unknown


def test_an_account_made_by_hand_signs_in_however_its_name_is_written(client):
    create_person(
        username="BigBoss",
        nickname="大李",
        email="Boss@Example.cn",
        password=PASSWORD,
        at=MONDAY,
    )

    for login in ("BigBoss", "bigboss", "boss@example.cn", "Boss@Example.cn"):
        sign_in(client, login)
        assert signed_in(client), login
        client.post("/accounts/logout/")


def test_one_goes_where_one_was_going_but_never_to_another_site(client, person):
    for wanted, led_to in [("/mine/", "/mine/"), ("https://evil.example/", "/")]:
        values = {"login": "xiaoli", "password": PASSWORD, "next": wanted}
        assert client.post("/accounts/login/", values).headers["Location"] == led_to
        client.post("/accounts/logout/")


@pytest.mark.parametrize("page", ["login", "signup", "logout"])
@pytest.mark.parametrize("wanted", ["http://[", "//[", "http://a℀b/", "https://[x]/"])
def test_where_one_was_going_may_be_no_address(client, person, page, wanted):
    """allauth fails of it, and any stranger may send it."""
    values = {"login": "xiaoli", "password": PASSWORD, "next": wanted}
    assert client.get(f"/accounts/{page}/", values).status_code in (200, 302)
    assert client.post(f"/accounts/{page}/", values).status_code in (200, 302)


def test_signing_out_asks_first(client, person):
    client.force_login(person)

    asked = client.get("/accounts/logout/")
    assert (asked.status_code, signed_in(client)) == (200, str(person.pk))

    client.post("/accounts/logout/")
    assert signed_in(client) is None


def test_a_closed_account_does_not_sign_in(client, person):
    User.objects.update(is_active=False)

    sign_in(client, "xiaoli")

    assert signed_in(client) is None
    assert client.get("/accounts/inactive/").status_code == 200


def test_an_account_closed_meanwhile_is_signed_out(client, person):
    client.force_login(person)
    User.objects.update(is_active=False)

    assert client.get("/accounts/profile/").status_code == 302


@pytest.mark.parametrize("password", ["", "!", "None", PASSWORD])
def test_imported_people_never_sign_in(client, password):
    imported = find_or_import(code="m-17", at=MONDAY)
    sign_in(client, imported.username, password)
    assert signed_in(client) is None

    # Not even when an operator opens the account by mistake.
    User.objects.update(is_active=True)
    sign_in(client, imported.username, password)
    assert signed_in(client) is None


def test_an_account_without_a_password_does_not_sign_in(client):
    create_person(username="demo-youth", nickname="小李", password=None, at=MONDAY)

    for password in ("", "None", PASSWORD):
        sign_in(client, "demo-youth", password)
        assert signed_in(client) is None


def change_password(client, *, old=PASSWORD, new=NEW_PASSWORD):
    values = {"oldpassword": old, "password1": new, "password2": new}
    return client.post("/accounts/password/change/", values)


def test_a_changed_password_holds_and_the_journal_knows(client, person):
    client.force_login(person)

    response = change_password(client)

    assert response.status_code == 302
    assert signed_in(client) == str(person.pk)
    assert list(Entry.objects.values_list("verb", "subject", "actor")) == [
        ("person.password_changed", f"people.user:{person.pk}", person.pk)
    ]
    client.post("/accounts/logout/")
    sign_in(client, "xiaoli", PASSWORD)
    assert signed_in(client) is None
    sign_in(client, "xiaoli", NEW_PASSWORD)
    assert signed_in(client) == str(person.pk)


def test_a_password_is_changed_only_by_who_knows_the_old_one(client, person):
    client.force_login(person)

    response = change_password(client, old="wrong-words-7")

    assert list(response.context["form"].errors) == ["oldpassword"]
    assert Entry.objects.count() == 0
    assert User.objects.get().check_password(PASSWORD)


def test_other_browsers_are_signed_out_by_a_changed_password(client, person):
    other = Client()
    other.force_login(person)
    client.force_login(person)

    change_password(client)

    assert other.get("/accounts/profile/").status_code == 302


def test_a_forgotten_password_is_made_anew_by_a_letter(client, person):
    client.post("/accounts/password/reset/", {"email": "xiaoli@example.cn"})
    link = next(w for w in mail.outbox[0].body.split() if "/password/reset/key/" in w)

    form = client.get(link, follow=True)
    done = client.post(
        form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )

    assert done.status_code == 302
    assert User.objects.get().check_password(NEW_PASSWORD)
    assert list(Entry.objects.values_list("verb", flat=True)) == ["person.password_changed"]
    assert client.get(link, follow=True).status_code == 200


def test_an_unknown_address_is_not_told(client, person):
    known = client.post("/accounts/password/reset/", {"email": "xiaoli@example.cn"})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.cn"})

    assert (known.status_code, known.headers["Location"]) == (302, unknown.headers["Location"])


@pytest.mark.parametrize(
    ("path", "open_to_all"),
    [
        ("/accounts/login/", True),
        ("/accounts/signup/", True),
        ("/accounts/inactive/", True),
        ("/accounts/password/reset/", True),
        ("/accounts/password/reset/done/", True),
        ("/accounts/password/reset/key/done/", True),
        ("/accounts/password/reset/key/1-nonsense/", True),
        ("/accounts/confirm-email/", True),
        ("/accounts/confirm-email/nonsense/", True),
        ("/accounts/logout/", False),
        ("/accounts/email/", False),
        ("/accounts/password/change/", False),
        ("/accounts/reauthenticate/", False),
        ("/accounts/profile/", False),
    ],
)
def test_every_page_of_accounts_opens(client, person, path, open_to_all):
    anonymous = client.get(path)
    client.force_login(person)
    own = client.get(path)

    assert anonymous.status_code == (200 if open_to_all else 302)
    if not open_to_all:
        assert own.status_code == 200
        assert "no-store" in own.headers["Cache-Control"]
    # Whoever is in is led away from the doors.
    assert own.status_code == (302 if path in {"/accounts/login/", "/accounts/signup/"} else 200)
