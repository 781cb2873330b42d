"""Nothing that a stranger can do tells whether somebody has an account: words, heads, and how
much work is done. How long it takes is measured by bench/enumeration.py."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import PASSWORD, SIGN_UP, PersonFactory
from youthvoice.limits import store
from youthvoice.limits.choices import What
from youthvoice.limits.tests.filling import fill, used
from youthvoice.people.models import User

pytestmark = pytest.mark.django_db
WRONG = "wrong-words-7"
#: Heads that tell the time and the form's token.
_OWN = ("ETag", "Content-Length", "Expires")
FORM = {"nickname": "中牟小李", "password1": PASSWORD, "password2": PASSWORD, **SIGN_UP}


@pytest.fixture
def person():
    made = PersonFactory(username="known", email="known@example.cn")
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def plain(response, *words):
    """An answer without its token, the mark of its reader's drafts, and what was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.text)
    text = re.sub(r'data-owner="\w+"', "", text)
    for word in words:
        text = text.replace(word, "TYPED")
    heads = {name: value for name, value in response.items() if name not in _OWN}
    cookies = {name: dict(morsel) | {"expires": ""} for name, morsel in response.cookies.items()}
    return response.status_code, text, heads, cookies


def post(path, data, *, client=None):
    return (client or Client()).post(path, data)


# --- Signing in --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "unknown"), [("known", "nobody"), ("known@example.cn", "nobody@example.cn")]
)
def test_signing_in_with_a_wrong_password(person, known, unknown):
    answers = [
        plain(post("/accounts/login/", {"login": login, "password": WRONG}), login)
        for login in (known, unknown)
    ]

    assert answers[0] == answers[1]
    assert "TYPED" in answers[0][1]


@pytest.fixture
def hashes(monkeypatch):
    """How often a password was hashed."""
    found = []
    real = MD5PasswordHasher.encode

    def encode(self, password, salt):
        found.append(salt)
        return real(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    return found


@pytest.mark.parametrize(
    "login",
    ["known", "KNOWN", "known@example.cn", "nobody", "nobody@example.cn", "closed", "closed@b.cn",
     "imported", "shared@example.cn", "with@sign", ""],
)  # fmt: skip
def test_every_wrong_password_costs_one_hash(person, hashes, login):
    PersonFactory(username="closed", email="closed@b.cn", is_active=False)
    PersonFactory(username="with@sign")
    imported = PersonFactory(username="imported")
    imported.set_unusable_password()
    imported.save()
    for _ in range(3):
        other = PersonFactory(email="shared@example.cn")
        EmailAddress.objects.create(user=other, email=other.email, primary=True)
    hashes.clear()

    answer = post("/accounts/login/", {"login": login, "password": WRONG})

    assert (answer.status_code, len(hashes)) == (200, 1 if login else 0)


def test_a_shared_address_is_theirs_who_proved_it_else_his_who_came_first():
    first, second, third = (
        PersonFactory(email="shared@example.cn", password=f"{PASSWORD}-{n}") for n in range(3)
    )
    for other in (first, second, third):
        EmailAddress.objects.create(user=other, email=other.email, primary=True)

    def opens(n):
        data = {"login": "shared@example.cn", "password": f"{PASSWORD}-{n}"}
        return post("/accounts/login/", data).status_code == 302

    assert [opens(n) for n in range(3)] == [True, False, False]
    EmailAddress.objects.filter(user=third).update(verified=True)
    assert [opens(n) for n in range(3)] == [False, False, True]


# --- Signing up --------------------------------------------------------------------------


@pytest.mark.parametrize("verified", [True, False])
def test_signing_up_with_an_address_that_is_taken(person, verified, held_reads):
    EmailAddress.objects.update(verified=verified)
    stories = []
    for name, email in (("first", "known@example.cn"), ("second", "fresh@example.cn")):
        client = Client()
        story = [
            post("/accounts/signup/", FORM | {"username": name, "email": email}, client=client)
        ]
        story += [client.get(path) for path in ("/", "/accounts/email/", "/accounts/profile/")]
        stories.append([plain(answer, name, email) for answer in story])

    assert stories[0] == stories[1]
    assert [answer[0] for answer in stories[0]] == [302, 200, 200, 200]
    assert "TYPED" in stories[0][2][1]
    assert len(mail.outbox) == 2


def test_the_owner_of_an_address_is_told_that_somebody_wanted_it(person):
    post("/accounts/signup/", FORM | {"username": "first", "email": "KNOWN@example.cn"})

    (letter,) = mail.outbox
    assert letter.to == ["known@example.cn"]
    assert "/accounts/confirm-email/" not in letter.body
    assert "/accounts/password/reset/" in letter.body


def test_a_taken_address_is_nobody_elses_by_signing_up_with_it(person):
    post("/accounts/signup/", FORM | {"username": "first", "email": "known@example.cn"})
    newcomer = User.objects.get(username="first")

    post("/accounts/password/reset/", {"email": "known@example.cn"})

    assert not newcomer.emailaddress_set.get().verified
    assert not newcomer.emailaddress_set.get().can_set_verified()
    # One letter, for the one who proved it.
    assert len(mail.outbox) == 2
    key = re.search(r"/password/reset/key/(\w+)-", mail.outbox[1].body)[1]
    assert int(key, 36) == person.pk


def test_another_address_on_ones_own_page(person):
    client = Client()
    client.force_login(PersonFactory())
    answers = [
        plain(
            client.post("/accounts/email/", {"action_add": "", "email": email}, follow=True), email
        )
        for email in ("known@example.cn", "fresh@example.cn")
    ]

    # The first address stays on the page when the second is added.
    assert [status for status, *_ in answers] == [200, 200]
    assert EmailAddress.objects.filter(user__username__startswith="person").count() == 2


def test_a_name_that_looks_like_an_address_is_refused():
    """It would stand in the way of whoever has the address."""
    answer = post("/accounts/signup/", FORM | {"username": "li@example.cn"})

    assert answer.context["form"].errors == {"username": ["登录名里不能有 @。"]}


def test_names_that_are_taken_can_not_be_asked_for_without_end(person):
    fill(What.SIGN_UP, "127.0.0.1", left=1)

    answers = [post("/accounts/signup/", FORM | {"username": "known"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert "同一个网络里用的人多，请 20 秒后再试" in answers[1].text
    assert Client().get("/accounts/signup/").status_code == 200


# --- A forgotten password ----------------------------------------------------------------


def test_a_forgotten_password(person):
    stories = []
    for email in ("known@example.cn", "nobody@example.cn"):
        client = Client()
        asked = post("/accounts/password/reset/", {"email": email}, client=client)
        stories.append([plain(asked, email), plain(client.get(asked["Location"]), email)])

    assert stories[0] == stories[1]
    assert [letter.to for letter in mail.outbox] == [["known@example.cn"], ["nobody@example.cn"]]


def test_no_row_of_people_is_looked_at_while_somebody_waits(person, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    for email in ("known@example.cn", "nobody@example.cn"):
        with CaptureQueriesContext(connection) as queries:
            post("/accounts/password/reset/", {"email": email})
        said = " ".join(query["sql"] for query in queries)
        assert used(What.LETTER, email) == 1
        assert "people_" not in said
        assert "account_" not in said


def test_letters_to_one_address_are_counted_whether_it_is_known_or_not(person):
    for email in ("known@example.cn", "nobody@example.cn"):
        store.empty()
        answers = [post("/accounts/password/reset/", {"email": email}) for _ in range(5)]
        refused = post("/accounts/password/reset/", {"email": email.upper()})

        assert [answer.status_code for answer in answers] == [302] * 5
        assert refused.status_code == 429
        assert "这个邮箱刚才要了太多信" in refused.text
        assert "先看看垃圾邮件" in refused.text
    assert len(mail.outbox) == 10


def test_a_network_asks_for_twenty_letters_an_hour():
    fill(What.LETTER_NETWORK, "127.0.0.1", left=1)

    answers = [post("/accounts/password/reset/", {"email": f"n{n}@example.cn"}) for n in range(2)]

    assert [answer.status_code for answer in answers] == [302, 429]
