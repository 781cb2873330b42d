"""One's own name, and what becomes of accounts that were not made by signing up."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from tests.factories import MONDAY, PASSWORD, SIGN_UP, PersonFactory
from youthvoice.journal.models import Entry
from youthvoice.kit.clock import start_of_month
from youthvoice.people import actions
from youthvoice.people.choices import VERSIONS, AgeBand, Document, Origin
from youthvoice.people.models import User

pytestmark = pytest.mark.django_db


def test_the_profile_shows_ones_own_name(client):
    client.force_login(PersonFactory(nickname="中牟小李"))

    assert 'value="中牟小李"' in client.get("/accounts/profile/").text


def test_the_account_page_says_how_all_stands(client):
    person = PersonFactory(nickname="中牟小李", username="xiaoli", age_band="18")
    EmailAddress.objects.create(user=person, email="li@mail.test", primary=True, verified=True)
    client.force_login(person)

    page = client.get("/accounts/profile/").text

    assert "<h1>账号与设置</h1>" in page
    for name, url, now in [
        ("邮箱", "/accounts/email/", "li@mail.test"),
        ("密码", "/accounts/password/change/", "改密码"),
        ("第二步验证", "/accounts/2fa/", "没开"),
        ("登录的设备", "/accounts/sessions/", "1 个"),
        ("年龄段", "/accounts/age/", str(AgeBand("18").label)),
        ("我同意过什么", "/accounts/consents/", f"规则 {VERSIONS[Document.RULES].name}"),
    ]:
        row = page.partition(f'href="{url}"><span>{name}</span>')[2].partition("</li>")[0]
        assert now in row, name
    for url in ("/mine/", "/accounts/data/", "/accounts/data/leave/", "/accounts/logout/"):
        assert f'href="{url}"' in page.partition("你的东西")[2]
    assert "登录名是 xiaoli" in page


def test_what_was_typed_at_sign_up_stays_with_a_refusal(client):
    """The password too: who chose a name that is taken needn't think of one again."""
    PersonFactory(username="taken-name")
    sent = {"username": "taken-name", "nickname": "新来的", "email": "new@mail.test"}
    sent |= {"password1": f"{PASSWORD}-x", "password2": f"{PASSWORD}-x", **SIGN_UP}

    response = client.post("/accounts/signup/", sent)

    assert list(response.context["form"].errors) == ["username"]
    assert "这个登录名有人用了" in response.text
    assert response.text.count(f'value="{PASSWORD}-x"') == 2
    assert 'value="new@mail.test"' in response.text
    assert "no-store" in response["Cache-Control"]


def test_a_new_name_shows_from_now_on_and_the_journal_does_not_keep_it(client):
    person = PersonFactory(nickname="中牟小李")
    client.force_login(person)

    response = client.post("/accounts/profile/", {"nickname": " 郑州 小李 "}, follow=True)

    person.refresh_from_db()
    assert person.nickname == "郑州 小李"
    assert "昵称改好了。" in response.text
    assert list(Entry.objects.values_list("verb", "subject", "actor", "data")) == [
        ("person.renamed", f"people.user:{person.pk}", person.pk, {})
    ]


@pytest.mark.parametrize(
    "nickname", ["", "李", "团市委小李", "團河南省委", "12355", "匿名", "李" * 21, "李\x00明"]
)
def test_a_name_that_may_not_be_is_refused_and_the_old_one_stays(client, nickname):
    person = PersonFactory(nickname="中牟小李")
    client.force_login(person)

    response = client.post("/accounts/profile/", {"nickname": nickname})

    person.refresh_from_db()
    assert (response.status_code, person.nickname) == (200, "中牟小李")
    assert list(response.context["form"].errors) == ["nickname"]
    assert Entry.objects.count() == 0


def test_nothing_else_can_be_changed_there(client):
    person = PersonFactory(username="xiaoli")
    client.force_login(person)

    client.post(
        "/accounts/profile/",
        {"nickname": "小李", "username": "boss", "is_superuser": "on", "email": "x@example.cn"},
    )

    person.refresh_from_db()
    assert (person.nickname, person.username) == ("小李", "xiaoli")
    assert (person.is_superuser, person.email) == (False, "")


def test_an_account_made_by_hand_is_in_the_journal():
    person = actions.create_person(
        username="Boss", nickname="大李", password=PASSWORD, email="Boss@Example.cn", at=MONDAY
    )

    assert (person.username, person.email) == ("boss", "boss@example.cn")
    assert person.check_password(PASSWORD)
    assert list(Entry.objects.values_list("verb", "subject", "actor")) == [
        ("person.created", f"people.user:{person.pk}", None)
    ]


def test_an_imported_person_is_one_however_often_it_comes():
    first = actions.find_or_import(code="m-17", at=MONDAY)
    again = actions.find_or_import(code="m-17", at=MONDAY + timedelta(days=1))
    other = actions.find_or_import(code="m-18", at=MONDAY)

    assert first == again
    assert other != first
    first.refresh_from_db()
    assert (first.origin, first.is_active, first.nickname) == (Origin.IMPORTED, False, "网友")
    assert (first.date_joined, first.has_usable_password()) == (start_of_month(MONDAY), False)


def test_only_the_first_public_act_is_the_first():
    person = PersonFactory()

    first = actions.note_participation(person=person, at=MONDAY)
    second = actions.note_participation(person=person, at=MONDAY + timedelta(days=1))

    person.refresh_from_db()
    assert (first, second, person.participated_at) == (True, False, MONDAY)


def test_imported_people_take_no_part():
    imported = actions.find_or_import(code="m-17", at=MONDAY)

    assert actions.note_participation(person=imported, at=MONDAY) is False
    imported.refresh_from_db()
    assert imported.participated_at is None


def test_people_are_called_by_their_nickname_and_never_have_no_address():
    person = User.objects.create(username="xiaoli", email=None)
    assert (str(person), person.email) == ("xiaoli", "")

    person.nickname = "小李"
    assert (str(person), person.get_full_name(), person.get_short_name()) == ("小李",) * 3
