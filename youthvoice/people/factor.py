"""The second factor: what was used in a session, and which rights wait until one is.

The rights of a membership ask `is_awaited` of the person they are given to. It answers for
the person of the request under way, whichever row object the caller holds; whoever acts
outside of requests (commands, the worker) acts in the machine's name and waits for nothing.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from youthvoice.kit import clock
from youthvoice.limits import actions as limits
from youthvoice.limits.choices import What
from youthvoice.people.factor_adapter import SealBroken
from youthvoice.people.models import User

#: Where a session keeps the page that somebody was led away from.
NEXT = "after_factor"
#: What makes a factor; recovery codes only stand in for one.
TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

_request: ContextVar[HttpRequest | None] = ContextVar("second_factor_request", default=None)


@contextmanager
def bound(request: HttpRequest) -> Iterator[None]:
    """Within it, rights look at this request's session."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def is_awaited(person: User) -> bool:
    """True if this is who sent the request under way, without a second factor in the session.

    It is remembered that a right was withheld, so that the refusal can become a way on.
    """
    request = request_of(person)
    if request is None:
        return False
    if is_used(request, person):
        return False
    request.withheld_rights = True  # type: ignore[attr-defined]
    return True


def request_of(person: User) -> HttpRequest | None:
    """The request under way, if it is this person's."""
    request = _request.get()
    # Nobody's account is known from a session that nothing has looked at.
    if request is None or not request.session.accessed or request.user.pk != person.pk:
        return None
    return request


def is_withheld(request: HttpRequest) -> bool:
    """Whether a right was withheld in this request."""
    return getattr(request, "withheld_rights", False)


def is_used(request: HttpRequest, person: User) -> bool:
    """Whether the person has a factor and used it, or a recovery code, in this session."""
    known: bool | None = getattr(request, "second_factor_used", None)
    if known is None:
        known = (has(person) and bool(used_at(request, person))) or is_waived(request)
        request.second_factor_used = known  # type: ignore[attr-defined]
    return known


def used_at(request: HttpRequest, person: User) -> float:
    """Seconds since 1970 when a factor was last used in this session; 0 if it never was."""
    records = get_authentication_records(request, person)
    return max((r["at"] for r in records if r.get("method") == "mfa"), default=0.0)


def has(person: User) -> bool:
    return Authenticator.objects.filter(user=person, type__in=TYPES).exists()


def is_waived(request: HttpRequest) -> bool:
    """The demo on one's own machine has no factors. Asked anew with each request: a session
    from then is worth nothing once the house is anybody else's."""
    return bool(request.session.get("demo")) and bool(
        import_string(settings.SECOND_FACTOR_WAIVER)(request)
    )


def note_used(request: HttpRequest, authenticator: Authenticator) -> None:
    """Setting a factor up has shown that one has it."""
    record_authentication(
        request, authenticator.user, "mfa", id=authenticator.pk, type=authenticator.type
    )
    request.second_factor_used = True  # type: ignore[attr-defined]


def spend(person: User, code: str) -> Authenticator | None:
    """The authenticator that this code belongs to, or None; no code is good twice."""
    for authenticator in Authenticator.objects.filter(user=person).exclude(
        type=Authenticator.Type.WEBAUTHN
    ):
        try:
            if spend_of(authenticator, code):
                authenticator.user = person
                return unnoted(authenticator)
        except SealBroken:
            continue
    return None


def unnoted(authenticator: Authenticator) -> Authenticator:
    """allauth would write to its row each time that it is used: the log of writes would tell who
    came before something was asked without a name."""
    authenticator.record_usage = lambda: None
    return authenticator


def spend_of(authenticator: Authenticator, code: str) -> bool:
    if authenticator.type == Authenticator.Type.TOTP:
        return _spend_totp(authenticator, code)
    return bool(authenticator.wrap().validate_code(code))


def _spend_totp(authenticator: Authenticator, code: str) -> bool:
    """RFC 6238, 5.2: a step that was accepted, and every one before it, is used up.

    What is used up stands where limits are counted, for all processes and over restarts, and not
    in the app's row, which is somebody's: see `unnoted`.
    """
    row = Authenticator.objects.filter(pk=authenticator.pk).first()
    if row is None:
        return False
    secret = decrypt(row.data["secret"])
    now = int(time.time()) // app_settings.TOTP_PERIOD
    first = now - app_settings.TOTP_TOLERANCE
    for step in range(first, now + app_settings.TOTP_TOLERANCE + 1):
        expected = format_hotp_value(hotp_value(secret, step))
        if compare_user_code(actual=code, expected=expected) and _use_up(authenticator, step):
            for earlier in range(first, step):
                _use_up(authenticator, earlier)
            return True
    return False


def _use_up(authenticator: Authenticator, step: int) -> bool:
    """False if it is used up already."""
    try:
        limits.take(What.FACTOR_STEP, who=f"{authenticator.pk}:{step}", at=clock.now())
    except limits.TooMany:
        return False
    return True
