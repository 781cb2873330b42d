"""Signing in for tests: `client.force_login` gives staff a session whose factor was used.

conftest.py puts `force_login` in place of Django's. What is about the factor itself calls
`without_factor`, or signs in through the pages.
"""

import time
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.test import Client

from youthvoice.orgs.middleware import COOKIE, cookie_value
from youthvoice.orgs.models import Membership
from youthvoice.people.models import User

SECRET = "JBSWY3DPEHPK3PXP"
django_force_login = Client.force_login


def without_factor(client: Client, user: User, backend: str | None = None) -> None:
    """Signed in by the password alone, just now."""
    django_force_login(client, user, backend)
    if Membership.objects.filter(person=user).exists():
        key = client.session.session_key or ""
        client.cookies[COOKIE] = cookie_value(key, int(time.time()))


def force_login(client: Client, user: User, backend: str | None = None) -> None:
    without_factor(client, user, backend)
    if Membership.objects.filter(person=user).exists():
        use_factor(client, give_factor(user))


def give_factor(person: User) -> Authenticator:
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    return found or TOTP.activate(person, SECRET).instance


def use_factor(client: Client, authenticator: Authenticator) -> None:
    """As if a code had just been typed in this browser."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "mfa", "at": time.time(), "id": authenticator.pk, "type": authenticator.type}
    ]
    session["account_authentication_methods_user"] = str(authenticator.user_id)
    session.save()


def code_now(authenticator: Authenticator, *, steps: int = 0) -> str:
    """What the person's app shows now, or so many steps of 30 seconds later."""
    secret: Any = decrypt(authenticator.data["secret"])
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))
