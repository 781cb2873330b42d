"""The mark of a browser that has just written something."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

#: Its cookie, and for how many seconds: longer than another machine takes to hear of it.
WROTE = "yv_wrote"
_SECONDS = 10


class WroteJustNow:
    """Who carries the mark is given no page that is older than their request (cache.py)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in ("GET", "HEAD", "OPTIONS") and response.status_code < 400:
            response.set_cookie(
                WROTE,
                "1",
                max_age=_SECONDS,
                httponly=True,
                samesite="Lax",
                secure=request.is_secure(),
            )
        return response
