"""Signing up through the real pages: what is asked, what is refused, what is kept."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.utils import timezone

from tests.factories import PASSWORD, SIGN_UP, PersonFactory
from youthvoice.journal.models import Entry
from youthvoice.kit.clock import start_of_day, start_of_month
from youthvoice.people.choices import Origin
from youthvoice.people.models import User

pytestmark = pytest.mark.django_db


def sign_up(client, **changes):
    values = {
        "nickname": "中牟小李",
        "username": "xiaoli",
        "email": "",
        "password1": PASSWORD,
        "password2": PASSWORD,
        **SIGN_UP,
    }
    return client.post("/accounts/signup/", values | changes)


def refusals(response):
    """The fields of the form shown again, with what is said about each."""
    assert response.status_code == 200
    return dict(response.context["form"].errors)


def test_the_page_asks_for_a_nickname_first_and_an_address_only_if_wished(client):
    response = client.get("/accounts/signup/")

    form = response.context["form"]
    assert list(form.fields) == [
        "nickname",
        "username",
        "email",
        "password1",
        "password2",
        "age_band",
        "guardian",
        "agree_rules",
        "agree_privacy",
    ]
    optional = [name for name, field in form.fields.items() if not field.required]
    assert optional == ["email", "guardian"]
    assert 'name="nickname"' in response.text


def test_who_signs_up_is_signed_in_and_no_row_tells_when(client):
    response = sign_up(client)

    person = User.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert (person.username, person.nickname, person.email) == ("xiaoli", "中牟小李", "")
    assert (person.origin, person.participated_at) == (Origin.LOCAL, None)
    assert (person.is_staff, person.is_superuser, person.is_active) == (False, False, True)
    assert not Entry.objects.exists()
    assert (person.date_joined, person.last_login) == (start_of_month(timezone.now()), None)
    end = Session.objects.get().expire_date
    assert (end, end.astimezone(timezone.get_current_timezone()).weekday()) == (
        start_of_day(end),
        0,
    )
    assert timedelta(days=14) < end - timezone.now() < timedelta(days=22)
    assert mail.outbox == []


def test_nobody_signs_up_with_more_than_the_form_asks_for(client):
    sign_up(client, is_staff="on", is_superuser="on", origin="imported", import_code="1")

    person = User.objects.get()
    assert (person.is_staff, person.is_superuser) == (False, False)
    assert (person.origin, person.import_code) == (Origin.LOCAL, None)


def test_names_are_kept_in_small_letters(client):
    sign_up(client, username="XiaoLi", email="XiaoLi@Example.cn")

    person = User.objects.get()
    assert (person.username, person.email) == ("xiaoli", "xiaoli@example.cn")


def test_an_address_is_asked_to_confirm(client):
    sign_up(client, email="xiaoli@example.cn")

    (letter,) = mail.outbox
    assert letter.to == ["xiaoli@example.cn"]
    assert "/accounts/confirm-email/" in letter.body


def test_the_link_in_the_letter_confirms_the_address(client):
    sign_up(client, email="xiaoli@example.cn")
    link = next(w for w in mail.outbox[0].body.split() if "/confirm-email/" in w)

    shown = client.get(link)
    done = client.post(link)

    assert (shown.status_code, done.status_code) == (200, 302)
    address = User.objects.get().emailaddress_set.get()
    assert (address.email, address.verified) == ("xiaoli@example.cn", True)


@pytest.mark.parametrize("name", ["taken", "Taken", "TAKEN"])
def test_a_taken_name_is_refused_however_it_is_written(client, name):
    PersonFactory(username="taken")

    assert list(refusals(sign_up(client, username=name))) == ["username"]


@pytest.mark.parametrize(
    "name", ["", "ab", "with space", "团委", "imported:12", "a" * 151, "admin", "Official", "tuan"]
)
def test_a_name_that_could_be_mistaken_or_is_none_is_refused(client, name):
    assert list(refusals(sign_up(client, username=name))) == ["username"]
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [
        (PASSWORD, "other-words-7", "password2"),
        ("", "", "password1"),
        ("short-7", "short-7", "password1"),
        ("12345678901", "12345678901", "password1"),
        ("password1", "password1", "password1"),
        ("xiaoli-xiaoli", "xiaoli-xiaoli", "password1"),
    ],
)
def test_a_password_that_is_weak_or_not_repeated_is_refused(client, first, second, field):
    found = refusals(sign_up(client, username="xiaoli-xiaoli1", password1=first, password2=second))

    assert field in found
    assert not User.objects.exists()


def test_a_password_that_came_back_is_kept_nowhere_else(client):
    refused = sign_up(client, username="a@b")

    assert refused.context["form"].errors == {"username": ["登录名里不能有 @。"]}
    assert refused.text.count(f'value="{PASSWORD}"') == 2
    assert "no-store" in refused["Cache-Control"]
    assert PASSWORD not in client.get("/accounts/signup/").text


def test_an_address_of_somebody_else_is_not_told_and_not_proved(client):
    PersonFactory(username="first", email="one@example.cn")

    sign_up(client, email="ONE@example.cn")

    assert User.objects.filter(email="one@example.cn").count() == 2
    assert not EmailAddress.objects.filter(email="one@example.cn", verified=True).exists()


@pytest.mark.parametrize(
    ("nickname", "kept"),
    [
        ("小李", "小李"),
        (" 中牟 \u3000 小李\t", "中牟 小李"),
        ("Li", "Li"),
        ("李" * 20, "李" * 20),
        ("团子", "团子"),
        ("小李👩‍💻", "小李👩‍💻"),
        ("❤️‍🔥", "❤️‍🔥"),
        ("🇨🇳小李", "🇨🇳小李"),
    ],
)
def test_a_nickname_is_kept_on_one_line(client, nickname, kept):
    sign_up(client, nickname=nickname)

    assert User.objects.get().nickname == kept


@pytest.mark.parametrize(
    ("nickname", "why"),
    [
        ("", None),
        ("李", "昵称至少两个字。"),
        ("   李   ", "昵称至少两个字。"),
        ("李" * 21, None),
        ("李\x00明", None),
        ("团委小王", "这个昵称容易让人认错：像单位、热线、本站，或者像匿名的人。请换一个。"),
        ("团 委小王", "这个昵称容易让人认错：像单位、热线、本站，或者像匿名的人。请换一个。"),
        ("李\ufe0f明", "昵称里有看不见的字符，请重新输入。"),
        ("\u200d\ufe0f", None),
        ("李👩\u200d", "昵称里有看不见的字符，请重新输入。"),
        ("团\u200b委小王", "昵称里有看不见的字符，请重新输入。"),
        ("河南共青团", "这个昵称容易让人认错：像单位、热线、本站，或者像匿名的人。请换一个。"),
        ("官方客服", "这个昵称容易让人认错：像单位、热线、本站，或者像匿名的人。请换一个。"),
        ("平台管理员", "这个昵称容易让人认错：像单位、热线、本站，或者像匿名的人。请换一个。"),
    ],
)
def test_a_nickname_that_is_none_or_poses_as_an_office_is_refused(client, nickname, why):
    found = refusals(sign_up(client, nickname=nickname))

    assert list(found) == ["nickname"]
    assert why is None or found["nickname"] == [why]
    assert not User.objects.exists()


def test_somebody_elses_nickname_is_no_obstacle(client):
    PersonFactory(nickname="小麦")

    sign_up(client, nickname="小麦")

    assert User.objects.filter(nickname="小麦").count() == 2
