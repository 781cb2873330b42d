"""The second factor: what was used in a session, and which rights wait until one is.

The rights of a membership ask `is_awaited` of the person they are given to. It answers for
the person of the request under way, whichever row object the caller holds; whoever acts
outside of requests (commands, the worker) acts in the machine's name and waits for nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

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
