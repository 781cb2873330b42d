"""One-tap sign-in exists only with demo content, and only on this very machine."""

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

from youthvoice.demo.choices import DECLINED, LOADED
from youthvoice.journal.models import Entry
from youthvoice.kit.network import is_direct_from_here, is_loopback
from youthvoice.people.models import User
from youthvoice.questions.models import Question

_LOOPBACK_NAMES = {"127.0.0.1", "localhost", "[::1]"}


def sign_in_allowed(request: HttpRequest) -> bool:
    """True only if the demo was loaded, the server listens on a loopback address for no
    public name, and the request comes straight from this machine to a loopback name."""
    return (
        is_loopback(settings.HOST)
        and not settings.TRUSTED_PROXIES
        and set(settings.ALLOWED_HOSTS) <= _LOOPBACK_NAMES | {"testserver"}
        and is_direct_from_here(request)
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
