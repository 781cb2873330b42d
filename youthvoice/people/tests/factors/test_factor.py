"""The second factor through the real pages: set up, asked for, spent, lost and reset."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import MONDAY, PASSWORD, PersonFactory
from tests.signing_in import SECRET, code_now, give_factor, use_factor, without_factor
from youthvoice.journal.models import Entry
from youthvoice.limits import store
from youthvoice.limits.actions import TooMany
from youthvoice.limits.choices import LIMITS, What
from youthvoice.limits.tests.filling import used
from youthvoice.limits.tests.test_racing import passed
from youthvoice.people.factors import actions
from youthvoice.people.factors.adapter import SealBroken
from youthvoice.people.models import User

pytestmark = pytest.mark.django_db
AUTHENTICATE = "/accounts/2fa/authenticate/"
ACTIVATE = "/accounts/2fa/totp/activate/"
CODES = "/accounts/2fa/recovery-codes/"
_RESPONSE = '{"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"}'
CREDENTIALS = [
    "", "{}", "[]", "1", "null", '{"id": 1}', "x" * 100, '{"id": "AA", "rawId": "AA"}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": ' + _RESPONSE + "}",
    '{"id": "AA", "rawId": "AA", "response": {"clientDataJSON": null}}', "[" * 5000, "1" * 5000,
]  # fmt: skip


@pytest.fixture
def person():
    return PersonFactory(username="xiaoli", email="xiaoli@example.cn")


@pytest.fixture
def app(person):
    return give_factor(person)


def give_password(client, password=PASSWORD):
    return client.post("/accounts/login/", {"login": "xiaoli", "password": password})


def give_code(client, code, **extra):
    return client.post(AUTHENTICATE, {"code": code}, **extra)


def is_in(client):
    return "_auth_user_id" in client.session


def reauthenticate(client):
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302


def set_up(client):
    """Through the pages: give the password again, scan, type the first code."""
    reauthenticate(client)
    secret = client.get(ACTIVATE).context["form"].secret
    seen = Authenticator(user_id=0, data={"secret": sealed(secret)})
    return client.post(ACTIVATE, {"code": code_now(seen)}), code_now(seen)


def sealed(secret):
    from allauth.mfa.utils import encrypt

    return encrypt(secret)


# --- Signing in ----------------------------------------------------------------------------


def test_a_password_alone_signs_nobody_in_who_has_a_factor(client, app):
    response = give_password(client)

    assert (response.status_code, response["Location"]) == (302, AUTHENTICATE)
    assert not is_in(client)
    assert client.get("/mine/").status_code == 302


def test_password_and_code_sign_in(client, app):
    give_password(client)

    response = give_code(client, code_now(app))

    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_in(client)


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_clock_may_be_half_a_minute_off(client, app, steps):
    give_password(client)
    give_code(client, code_now(app, steps=steps))

    assert is_in(client)


@pytest.mark.parametrize(
    "code", ["", "000000x", "123", "1" * 41, "\x00", "一二三四五六", "' OR 1=1", SECRET]
)
def test_what_is_no_code_signs_nobody_in(client, app, code):
    give_password(client)

    response = give_code(client, code)

    assert (response.status_code, is_in(client)) == (200, False)
    assert response.context["form"].errors["code"]


def test_old_codes_sign_nobody_in(client, app):
    give_password(client)

    assert "已经用过了" in give_code(client, code_now(app, steps=-2)).text
    assert not is_in(client)


def test_a_code_is_good_once_whichever_process_is_asked(client, app):
    code = code_now(app)
    give_password(client)
    give_code(client, code)
    assert is_in(client)

    cache.clear()  # as in another process, or after a restart
    other = Client()
    give_password(other)
    assert "已经用过了" in give_code(other, code).text
    assert "已经用过了" in give_code(other, code_now(app, steps=-1)).text
    assert not is_in(other)
    give_code(other, code_now(app, steps=1))
    assert is_in(other)


def test_using_it_writes_to_no_row_of_the_person(client, person, app):
    """The log of writes would tell who came before something was asked without a name."""
    give_password(client)
    with CaptureQueriesContext(connection) as queries:
        give_code(client, code_now(app))
    assert is_in(client)
    written = [query["sql"] for query in queries if not query["sql"].startswith("SELECT")]
    assert written
    assert [sql for sql in written if "mfa_" in sql or "people_user" in sql] == []


@pytest.mark.django_db(transaction=True)
def test_of_many_who_send_a_code_at_once_one_gets_in(person, app):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    for code in (code_now(app), RecoveryCodes.activate(person).get_unused_codes()[0]):

        def send(number, code=code):
            if actions.spend(person, code) is None:
                raise TooMany(LIMITS[What.SECOND_FACTOR], wait_seconds=1)

        assert passed(8, send) == 1


def test_a_recovery_code_is_good_once(client, person, app):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    first, second, *_rest = RecoveryCodes.activate(person).get_unused_codes()
    for code, works in [(first, True), (first, False), (second, True)]:
        other = Client()
        give_password(other)
        give_code(other, code)
        assert is_in(other) is works


def test_wrong_codes_are_counted_where_a_restart_does_not_forget_them(client, person, app):
    give_password(client)
    statuses = []
    for n in range(6):
        cache.clear()
        statuses.append(give_code(client, f"00000{n}x").status_code)

    assert statuses == [200] * 5 + [429]
    assert used(What.SECOND_FACTOR, str(person.pk)) == 5
    refused = give_code(client, code_now(app))
    assert (refused.status_code, is_in(client)) == (429, False)
    assert "验证码错得太多" in refused.text


def test_a_known_device_has_tries_of_its_own(client, person, app):
    give_password(client)
    give_code(client, code_now(app, steps=-1))
    client.post("/accounts/logout/")
    stranger = Client()
    give_password(stranger)
    for n in range(6):
        give_code(stranger, f"00000{n}x")

    give_password(client)
    give_code(client, code_now(app))

    assert is_in(client)


def test_a_good_code_begins_the_count_anew(client, person, app):
    give_password(client)
    for n in range(4):
        give_code(client, f"00000{n}x")
    give_code(client, code_now(app))

    assert used(What.SECOND_FACTOR, str(person.pk)) == 0


# --- Setting up and changing ---------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_setting_up_counts_as_using_and_ends_other_sessions(client, person):
    other = Client()
    give_password(other)
    give_password(client)

    response, code = set_up(client)

    assert (response.status_code, response["Location"]) == (302, CODES)
    page = client.get(CODES)
    assert len(re.findall(r"^\d{8}$", page.context["unused_codes"][0])) == 1
    assert page.context["unused_codes"][0] in page.text
    assert other.get("/mine/").status_code == 302
    verbs = Entry.objects.filter(verb__startswith="person.factor").values_list("verb", "data")
    assert list(verbs) == [("person.factor_added", {"type": "totp"})]
    assert [letter.to for letter in mail.outbox] == [["xiaoli@example.cn"]]
    # The code that set it up is spent.
    give_password(other)
    give_code(other, code)
    assert not is_in(other)


@pytest.mark.django_db(transaction=True)
def test_changing_a_factor_ends_other_sessions(person, app):
    client, other = Client(), Client()
    for act in ("/accounts/2fa/recovery-codes/generate/", "/accounts/2fa/totp/deactivate/"):
        person.refresh_from_db()
        for browser in (client, other):
            without_factor(browser, person)
            use_factor(browser, app)
        store.empty()
        client.post("/accounts/2fa/reauthenticate/", {"code": code_now(app, steps=1)})

        assert client.post(act).status_code == 302

        assert other.get("/mine/").status_code == 302
        assert client.get("/mine/").status_code == 200
    assert not Authenticator.objects.exists()
    changes = Entry.objects.filter(verb__startswith="person.factor").order_by("seq")
    verbs = changes.values_list("verb", flat=True)
    assert list(verbs) == ["person.factor_renewed", "person.factor_removed"]


def test_the_password_alone_takes_no_factor_away(client, person, app):
    without_factor(client, person)

    response = client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    assert response["Location"] == "/accounts/2fa/reauthenticate/"
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert Authenticator.objects.filter(pk=app.pk).exists()


def test_the_pages_draw_what_is_needed_and_no_script_of_their_own(client, person):
    without_factor(client, person)
    reauthenticate(client)

    page = client.get(ACTIVATE)
    assert page.context["form"].secret in page.text
    assert "data:image/svg+xml;base64," in page.text
    for path in (ACTIVATE, "/accounts/2fa/", "/accounts/2fa/webauthn/add/"):
        text = client.get(path).text
        scripts = re.findall(r"<script([^>]*)>", text)
        assert all("src=" in s or "application/json" in s for s in scripts), path
        assert " style=" not in text


@pytest.mark.parametrize("credential", CREDENTIALS, ids=range(len(CREDENTIALS)))
def test_a_passkey_that_is_none_signs_nobody_in(client, person, app, credential):
    give_password(client)
    client.get(AUTHENTICATE)

    assert client.post(AUTHENTICATE, {"credential": credential}).status_code == 200
    assert not is_in(client)
    without_factor(client, person)
    again = client.post("/accounts/2fa/webauthn/reauthenticate/", {"credential": credential})
    assert again.status_code == 302
    assert "mfa" not in str(client.session["account_authentication_methods"])


def test_a_passkey_that_is_none_proves_nothing_again(client, person):
    key = {"name": "旧的", "credential": {}}
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=key)
    without_factor(client, person)

    for credential in CREDENTIALS:
        cache.clear()
        values = {"credential": credential}
        assert client.post("/accounts/2fa/webauthn/reauthenticate/", values).status_code == 302
    assert "account_authentication_methods" not in client.session


@pytest.mark.parametrize("credential", CREDENTIALS, ids=range(len(CREDENTIALS)))
def test_a_new_passkey_that_is_none_is_refused_in_the_form(client, person, credential):
    without_factor(client, person)
    reauthenticate(client)
    client.get("/accounts/2fa/webauthn/add/")

    response = client.post(
        "/accounts/2fa/webauthn/add/", {"name": "我的手机", "credential": credential}
    )

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Authenticator.objects.exists()


# --- What stands in the database -----------------------------------------------------------


def test_a_copy_of_the_database_makes_no_codes(person, app, settings):
    assert SECRET not in str(app.data)

    settings.FACTOR_KEY = "another key" * 8
    with pytest.raises(SealBroken):
        app.wrap().validate_code(code_now(app))


def test_a_lost_key_refuses_codes_in_words(client, person, app, settings):
    code = code_now(app)
    settings.FACTOR_KEY = "another key" * 8
    give_password(client)

    assert give_code(client, code).status_code == 200
    assert not is_in(client)


def test_a_factor_that_went_meanwhile_takes_no_code(person, app):
    Authenticator.objects.all().delete()

    assert not actions.spend_of(app, code_now(app))


# --- Lost ----------------------------------------------------------------------------------


def test_whoever_has_the_machine_resets_a_factor(client, person, app, capsys):
    without_factor(client, person)
    use_factor(client, app)

    call_command("reset_second_factor", "XiaoLi")

    assert "xiaoli signs in" in capsys.readouterr().out
    assert not Authenticator.objects.exists()
    assert client.get("/mine/").status_code == 302
    assert "重置" in mail.outbox[0].body
    assert settings.CONTACT in mail.outbox[0].body
    entry = Entry.objects.get(verb="person.factor_reset")
    assert (entry.subject, entry.actor, entry.data) == (f"people.user:{person.pk}", None, {})


@pytest.mark.parametrize(("name", "why"), [("nobody", "no nobody"), ("bare", "没有设置")])
def test_the_command_says_what_it_cannot_do(db, name, why):
    PersonFactory(username="bare")

    with pytest.raises(CommandError, match=why):
        call_command("reset_second_factor", name)


def test_nobody_resets_their_own(person, app):
    with pytest.raises(actions.UnableToReset, match="自己的"):
        actions.reset(person=person, by=person, at=MONDAY)

    assert Authenticator.objects.exists()


def test_who_left_no_address_is_written_no_letter(person, app):
    User.objects.update(email="")
    person.refresh_from_db()

    actions.reset(person=person, by=None, at=MONDAY)

    assert mail.outbox == []


def test_a_mail_server_that_is_away_undoes_nothing(person, app, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1

    actions.reset(person=person, by=None, at=MONDAY)

    assert not Authenticator.objects.exists()
    assert User.objects.get().session_stamp
