"""The devices that somebody has signed in on, remembered by the browser alone.

A signed cookie names accounts by an HMAC, each with a number drawn at the sign-in. It lets
the rightful owner try from a known device while others have locked the account by guessing.
It goes to the pages of accounts only, so that nothing asked without a name comes with it.
"""

import secrets

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from youthvoice.people.models import User

NAME = "yv_device"
PATH = "/accounts/"
_SALT = "youthvoice.devices"
#: Browsers keep no cookie longer.
_AGE = 60 * 60 * 24 * 400
#: Accounts that one browser remembers.
_MOST = 5


def known_to(request: HttpRequest, person: User) -> str | None:
    """The number that this device got when the person signed in here; None if they never did."""
    return _read(request).get(_name_of(person))


def remember(request: HttpRequest, response: HttpResponse, person: User) -> None:
    name = _name_of(person)
    others = [(key, value) for key, value in _read(request).items() if key != name]
    kept = [*others[-_MOST + 1 :], (name, secrets.token_hex(8))]
    response.set_cookie(
        NAME,
        signing.dumps(dict(kept), salt=_SALT, compress=True),
        max_age=_AGE,
        path=PATH,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def _name_of(person: User) -> str:
    return salted_hmac(_SALT, str(person.pk), algorithm="sha256").hexdigest()[:24]


def _read(request: HttpRequest) -> dict[str, str]:
    try:
        found = signing.loads(request.COOKIES.get(NAME, ""), salt=_SALT, max_age=_AGE)
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}
