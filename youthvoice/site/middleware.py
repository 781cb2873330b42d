"""Personal pages stay personal, and carry the reader's cookie."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from youthvoice.kit import clock
from youthvoice.limits.actions import TooMany
from youthvoice.orgs import policy
from youthvoice.questions import viewers
from youthvoice.reads.visitors import give_cookie
from youthvoice.site import errors

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
        if request.method == "POST" and request.path == reverse("account_logout"):
            # Whoever sits down next must not find what the last one's receipts opened.
            viewers.forget(response)
            if response.status_code == HTTPStatus.FOUND:
                # Nor what they were writing; draft.js erases it, and the cookie with it.
                response.set_cookie(
                    SIGNED_OUT, "1", max_age=_DAY, samesite="Lax", secure=request.is_secure()
                )
        return response


class TooManyPages:
    """Whatever view counts tries, the refusal is one page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        return errors.too_many(request, problem) if isinstance(problem, TooMany) else None
