"""The marks of a browser that has just written something."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

#: Its cookie, and for how many seconds: longer than another machine takes to hear of it.
WROTE = "yv_wrote"
_SECONDS = 10
#: Where there is a session: a number by which its browser's own kept pieces of before are others'
#: (own.py), for longer than these live.
OWN = "yv_own"
_OWN_SECONDS = 180


class WroteJustNow:
    """Who carries the mark is given no page that is older than their request (cache.py)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_sent = request.method not in ("GET", "HEAD", "OPTIONS")
        if is_sent and response.status_code < 400:
            _mark(request, response, WROTE, "1", _SECONDS)
        # What was refused may have changed a session, too; not where nobody looked at it.
        if _concerns_a_session(request, is_sent=is_sent):
            _mark(request, response, OWN, secrets.token_hex(8), _OWN_SECONDS)
        return response


def _concerns_a_session(request: HttpRequest, *, is_sent: bool) -> bool:
    session = getattr(request, "session", None)
    if session is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return bool(session.accessed if is_sent else session.modified)


def _mark(
    request: HttpRequest, response: HttpResponse, name: str, value: str, seconds: int
) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
