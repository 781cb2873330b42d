"""A code of the second factor is taken however it was pasted, and only a code is counted."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from tests.factories import PASSWORD, PersonFactory
from tests.signing_in import code_now, give_factor
from youthvoice.limits.choices import What
from youthvoice.limits.tests.filling import used

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory(username="xiaoli")


@pytest.fixture
def app(person, client):
    found = give_factor(person)
    client.post("/accounts/login/", {"login": "xiaoli", "password": PASSWORD})
    return found


def give_code(client, code):
    return client.post("/accounts/2fa/authenticate/", {"code": code})


def is_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("said", ["验证码：%s", "\u200b%s\u202c", "%s。", "wide", "apart"])
def test_a_code_may_be_pasted_with_what_stood_around_it(client, app, said):
    code = code_now(app)
    forms = {
        "wide": "".join(chr(ord(sign) + 0xFEE0) for sign in code),
        "apart": f"{code[:3]}–{code[3:]}",
    }

    give_code(client, forms.get(said) or said % code)

    assert is_in(client)


def test_what_can_be_no_code_costs_no_try(client, person, app):
    assert give_code(client, "12345").context["form"].errors["code"]
    assert used(What.SECOND_FACTOR, str(person.pk)) == 0


def test_a_recovery_code_may_be_pasted_with_its_number(client, person, app):
    codes = RecoveryCodes.activate(person).get_unused_codes()

    give_code(client, f"备用码 3：\u200b{codes[3][:4]}–{codes[3][4:]}")

    assert is_in(client)
