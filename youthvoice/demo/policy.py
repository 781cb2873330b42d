"""One-tap sign-in exists only with demo content, and only on this very machine."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

from youthvoice.demo.choices import DECLINED, LOADED
from youthvoice.journal.models import Entry
from youthvoice.people.models import User
from youthvoice.questions.models import Question

_LOOPBACK_NAMES = {"127.0.0.1", "localhost", "[::1]"}
#: What a proxy says of whom it speaks for: then the visitor is somewhere else.
_PROXY_HEADERS = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")


def sign_in_allowed(request: HttpRequest) -> bool:
    """True only if the demo was loaded, the server listens on a loopback address for no
    public name, and the request comes straight from this machine to a loopback name."""
    return (
        _is_loopback(settings.HOST)
        and not settings.TRUSTED_PROXIES
        and set(settings.ALLOWED_HOSTS) <= _LOOPBACK_NAMES | {"testserver"}
        and _is_loopback(request.META.get("REMOTE_ADDR", ""))
        and not any(header in request.headers for header in _PROXY_HEADERS)
        and split_domain_port(request.get_host())[0] in _LOOPBACK_NAMES
        and is_loaded()
    )


def is_loaded() -> bool:
    """Whether this database holds the demo. One indexed look-up."""
    return Entry.objects.filter(verb=LOADED).exists()


def is_declined() -> bool:
    return Entry.objects.filter(verb=DECLINED).exists()


def may_load() -> bool:
    """Only where nobody lives yet: the demo never mixes with real people."""
    return not (User.objects.exists() or Question.objects.exists())


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
