"""Wrong passwords: how many, for whom, and how the rightful owner still gets in."""

import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.core.cache import cache
from django.test import Client

from tests.factories import PASSWORD, SIGN_UP, PersonFactory
from youthvoice.kit import clock
from youthvoice.limits import actions as limits
from youthvoice.limits.choices import What
from youthvoice.limits.tests.filling import fill, fill_up, used
from youthvoice.people.devices import cookie
from youthvoice.people.models import User

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "luoyang-shuixi-8"
ATTACKER = "203.0.113.66"


@pytest.fixture
def person():
    return PersonFactory(username="xiaoli", email="xiaoli@example.cn")


def sign_in(client, login="xiaoli", password=PASSWORD, *, address="127.0.0.1"):
    return client.post(
        "/accounts/login/", {"login": login, "password": password}, REMOTE_ADDR=address
    )


def is_in(client):
    return "_auth_user_id" in client.session


def guess(many, login="xiaoli", *, client=None, address=ATTACKER):
    """The statuses of so many wrong passwords."""
    client = client or Client()
    return [
        sign_in(client, login, f"guess-number-{n}", address=address).status_code
        for n in range(many)
    ]


def leave(client):
    client.post("/accounts/logout/")
    assert not is_in(client)


def test_the_sixth_wrong_password_is_not_even_looked_at(client, person):
    assert guess(6) == [200] * 5 + [429]

    refused = sign_in(client)

    assert (refused.status_code, is_in(client)) == (429, False)
    assert 1740 <= int(refused["Retry-After"]) <= 1860
    assert re.search("密码错得太多，先停一停，请 (30|31) 分钟后再试。", refused.text)
    assert "用以前登录过的设备" in refused.text
    assert "no-store" in refused["Cache-Control"]


def test_a_name_is_one_name_however_it_is_written(client, person):
    for login in ("xiaoli", "XiaoLi", " xiaoli", "XIAOLI", "xiaoli "):
        assert guess(1, login) == [200]

    assert guess(1, "XIAOli") == [429]


def test_a_locked_name_does_not_tell_whose_address_belongs_to_it(client, person):
    """Else one could lock a name and try addresses until one is locked too."""
    guess(6)

    assert guess(1, "xiaoli@example.cn") == guess(1, "nobody@example.cn") == [200]
    assert guess(5, "XiaoLi@example.CN") == [200] * 4 + [429]


@pytest.mark.parametrize("login", ["nobody", "nobody@example.cn"])
def test_a_name_that_does_not_exist_is_locked_in_the_same_words(person, login, monkeypatch):
    # Both at one moment, else the pages may tell of another minute until which to wait.
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert guess(6) == guess(6, login, address="203.0.113.67") == [200] * 5 + [429]

    pages = [sign_in(Client(), name).text for name in ("xiaoli", login)]

    assert pages[0] == pages[1]


def test_another_account_is_not_locked(client, person):
    PersonFactory(username="xiaowang")
    guess(6)

    assert sign_in(client, "xiaowang").status_code == 302


def test_a_good_password_begins_the_count_anew(client, person):
    guess(4)
    sign_in(client)

    assert is_in(client)
    assert used(What.SIGN_IN, "xiaoli") == 0
    assert guess(6) == [200] * 5 + [429]


def test_the_lock_ends_after_the_told_time(client, person):
    guess(5)
    now = clock.now()
    with pytest.raises(limits.TooMany) as caught:
        limits.take(What.SIGN_IN, who="xiaoli", at=now)

    limits.take(
        What.SIGN_IN, who="xiaoli", at=now + timedelta(seconds=caught.value.wait_seconds + 1)
    )
    assert used(What.SIGN_IN, "xiaoli") == 1


def test_the_rightful_owner_gets_in_from_a_known_device(client, person):
    sign_in(client)
    leave(client)
    guess(6)
    fill_up(What.SIGN_IN_NETWORK, "127.0.0.1")

    assert sign_in(Client(), address="203.0.113.5").status_code == 429
    for login in ("xiaoli", "XiaoLi@example.cn"):
        assert sign_in(client, login).status_code == 302
        assert is_in(client)
        leave(client)
    # That the owner came in gives those who guess nothing.
    assert guess(1) == [429]


def test_a_known_device_has_five_tries_of_its_own(client, person):
    sign_in(client)
    leave(client)

    assert guess(6, client=client) == [200] * 5 + [429]
    assert sign_in(client).status_code == 429
    # And they lock nobody else out.
    assert sign_in(Client()).status_code == 302


def test_a_good_password_begins_the_count_of_the_device_anew(client, person):
    sign_in(client)
    leave(client)
    guess(4, client=client)
    sign_in(client)
    leave(client)

    assert guess(6, client=client) == [200] * 5 + [429]


def test_a_device_is_known_for_the_accounts_that_signed_in_on_it(client, person):
    PersonFactory(username="xiaowang")
    guess(6)
    sign_in(client, "xiaowang")
    leave(client)

    assert sign_in(client).status_code == 429


def test_one_browser_remembers_five_accounts(rf, person):
    people = [PersonFactory() for _ in range(6)]
    client = Client()
    for other in people:
        sign_in(client, other.username)
        leave(client)

    request = rf.get("/")
    request.COOKIES[cookie.NAME] = client.cookies[cookie.NAME].value
    assert [bool(cookie.known_to(request, p)) for p in [*people, person]] == [
        False, True, True, True, True, True, False
    ]  # fmt: skip


def test_the_cookie_names_nobody_and_stays_on_the_pages_of_accounts(client, person):
    given = sign_in(client).cookies[cookie.NAME]

    assert (given["path"], given["httponly"], given["samesite"]) == ("/accounts/", True, "Lax")
    assert given["max-age"] == 400 * 24 * 3600
    told = signing.loads(given.value, salt="youthvoice.devices")
    ((name, number),) = told.items()
    assert (len(name), len(number)) == (24, 16)
    assert name != str(person.pk)


@pytest.mark.parametrize(
    "value",
    ["", "nonsense", "a:b:c", signing.dumps(["xiaoli"], salt="youthvoice.devices")],
    ids=["none", "nonsense", "parts", "a list"],  # signatures differ between processes
)
def test_a_forged_cookie_makes_no_device_known(client, person, value):
    guess(6)
    client.cookies[cookie.NAME] = value

    assert sign_in(client).status_code == 429


def test_a_network_may_guess_thirty_times_over_all_names(client, person):
    statuses = [status for n in range(7) for status in guess(5, f"name-{n}")]

    assert statuses == [200] * 30 + [429] * 5
    # allauth's own limit, of all sign-ins in a minute, is in memory: this one isn't.
    cache.clear()
    assert "请 20 秒后再试" in sign_in(client, address=ATTACKER).text
    fill_up(What.SIGN_IN_NETWORK, ATTACKER, left=30)
    assert "密码错得太多" in sign_in(client, address=ATTACKER).text
    assert sign_in(client).status_code == 302


def test_a_good_password_gives_its_network_one_try_back_and_no_more(client, person):
    fill(What.SIGN_IN_NETWORK, ATTACKER, left=1)

    assert sign_in(client, address=ATTACKER).status_code == 302
    assert used(What.SIGN_IN_NETWORK, ATTACKER) == 29


def test_a_household_of_ipv6_guesses_together(client, person):
    statuses = [guess(1, f"name-{n}", address=f"2001:db8:1:2::{n + 1:x}")[0] for n in range(31)]

    cache.clear()
    assert statuses == [200] * 30 + [429]
    assert "请 20 秒后再试" in sign_in(client, address="2001:db8:1:2::ffff").text
    assert sign_in(client, address="2001:db8:1:3::1").status_code == 302


def test_a_new_password_made_by_a_letter_lifts_the_lock(client, person):
    guess(6)
    guess(6, "xiaoli@example.cn")
    client.post("/accounts/password/reset/", {"email": "xiaoli@example.cn"})
    link = next(w for w in mail.outbox[0].body.split() if "/password/reset/key/" in w)
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert User.objects.get().check_password(NEW_PASSWORD)
    for login in ("xiaoli", "xiaoli@example.cn"):
        assert sign_in(Client(), login, NEW_PASSWORD).status_code == 302


def test_passwords_asked_for_again_are_counted_too(client, person):
    client.force_login(person)

    statuses = [
        client.post("/accounts/reauthenticate/", {"password": f"guess-{n}"}).status_code
        for n in range(6)
    ]

    assert statuses == [200] * 5 + [429]


def test_a_browser_that_signed_up_is_a_known_device(client):
    values = {"nickname": "小李", "username": "xiaoli", "email": "xiaoli@example.cn",
              "password1": NEW_PASSWORD, "password2": NEW_PASSWORD, **SIGN_UP}  # fmt: skip
    client.post("/accounts/signup/", values)
    assert is_in(client)
    leave(client)
    guess(6)

    assert sign_in(client, password=NEW_PASSWORD).status_code == 302
