"""The command that makes the first operator."""

import pytest
from django.core.management import CommandError, call_command

from tests.factories import PASSWORD, PersonFactory
from youthvoice.journal.models import Entry
from youthvoice.orgs import policy
from youthvoice.orgs.management.commands import create_operator
from youthvoice.orgs.models import Membership
from youthvoice.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _password(monkeypatch):
    monkeypatch.setenv("OPERATOR_PASSWORD", PASSWORD)


def test_an_operator_of_the_provincial_committee(house, capsys):
    call_command("create_operator", "Boss", nickname="大李", email="Boss@Example.cn")

    person = User.objects.get()
    assert policy.is_operator(person)
    assert (person.username, person.nickname, person.email) == ("boss", "大李", "boss@example.cn")
    assert (person.is_staff, person.is_superuser) == (False, False)
    assert person.check_password(PASSWORD)
    assert Membership.objects.get().organisation == house.province
    assert list(Entry.objects.order_by("seq").values_list("verb", flat=True)) == [
        "person.created",
        "orgs.joined",
    ]
    assert capsys.readouterr().out == "boss is an operator of 团河南省委.\n"


def test_without_the_environment_it_asks_for_the_password(house, monkeypatch):
    monkeypatch.delenv("OPERATOR_PASSWORD")
    monkeypatch.setattr(create_operator.getpass, "getpass", lambda prompt: "asked-for-words-9")

    call_command("create_operator", "boss")

    assert User.objects.get().check_password("asked-for-words-9")
    assert User.objects.get().nickname == "平台管理员"


def test_without_a_province_it_says_what_comes_first(bare):
    with pytest.raises(CommandError, match="run load-instance first"):
        call_command("create_operator", "boss")


@pytest.mark.parametrize("name", ["boss", "BOSS"])
def test_a_taken_name_is_told(house, name):
    PersonFactory(username="boss")

    with pytest.raises(CommandError, match="boss is taken"):
        call_command("create_operator", name)


@pytest.mark.parametrize(
    ("arguments", "password", "field"),
    [
        (["two words"], PASSWORD, "username"),
        (["x" * 151], PASSWORD, "username"),
        (["boss", "--nickname", "李" * 21], PASSWORD, "nickname"),
        (["boss", "--nickname", ""], PASSWORD, "nickname"),
        (["boss", "--email", "no address"], PASSWORD, "email"),
        (["boss"], "short-7", "password"),
        (["boss"], "12345678901", "password"),
        (["boss-of-all"], "boss-of-all", "password"),
    ],
)
def test_what_could_not_be_stored_or_guessed_at_once_is_refused(
    house, monkeypatch, arguments, password, field
):
    monkeypatch.setenv("OPERATOR_PASSWORD", password)

    with pytest.raises(CommandError, match=f"^{field}: .+"):
        call_command("create_operator", *arguments)

    assert (User.objects.count(), Entry.objects.count()) == (0, 0)
