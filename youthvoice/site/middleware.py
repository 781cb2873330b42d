"""Personal pages stay personal, and carry the reader's cookie."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from youthvoice.kit import clock
from youthvoice.limits.actions import TooMany
from youthvoice.orgs import policy
from youthvoice.pictures import holding
from youthvoice.questions import viewers
from youthvoice.reads.visitors import give_cookie
from youthvoice.site import errors, keeping

#: Where everybody passes who is signed in, or a page with scripts.
_COOKIE_PATHS = ("/me/bar/", "/desk/", "/accounts/", "/demo/")
#: Tells the script of drafts that somebody has signed out of their own will.
SIGNED_OUT = "yv_signed_out"
_DAY = 24 * 60 * 60


class PrivatePages:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Also where no session was looked at: a receipt's cookie opens private pages as well.
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        if request.path.startswith(_COOKIE_PATHS):
            is_staff = policy.is_counted_as_staff(request.user)
            give_cookie(request, response, is_staff=is_staff, at=clock.now())
        if _has_signed_out(request):
            # Whoever sits down next must not find what the last one's receipts opened.
            viewers.forget(response)
            holding.forget(response)
            # Nor what they were writing; draft.js erases it, and the cookie with it.
            response.set_cookie(
                SIGNED_OUT, "1", max_age=_DAY, samesite="Lax", secure=request.is_secure()
            )
        return response


def note_signed_out(request: HttpRequest | None, **kwargs: object) -> None:
    """Django's signal, from whichever page: the site's, the operators', of one who leaves."""
    if request is not None:
        request.signed_out = True  # type: ignore[attr-defined]


def _has_signed_out(request: HttpRequest) -> bool:
    """Of their own will: one who was idle for too long (`slept`) comes back to what they wrote.

    The button counts also where the session was over already.
    """
    if request.method != "POST":
        return False
    if request.path in (reverse("account_logout"), reverse("admin:logout")):
        return True
    return hasattr(request, "signed_out") and not hasattr(request, "slept")


class TooManyPages:
    """Whatever view counts tries, the refusal is one page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, TooMany):
            return None
        return errors.too_many(request, problem, words=keeping.given_back(request))
