"""From a request to the pictures that wait for its form, and the cookie without which nobody
reads them. The cookie is this browser's alone, ends with it, and goes with an own sign-out."""

import re
import secrets
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from youthvoice.limits import networks
from youthvoice.limits.choices import What
from youthvoice.pictures.fields import PicturesForm
from youthvoice.pictures.shelf import Shelf

COOKIE = "yv_held"
_KEY = re.compile(r"[0-9a-f]{32,64}")
_TOKEN = re.compile(r"[0-9a-f]{32}")


def shelf_of(request: HttpRequest) -> Shelf | None:
    """What waits for the form that was sent; None where it has no key."""
    key = request.POST.get("key", "")
    return Shelf(key, _browser(request)) if _KEY.fullmatch(key) else None


def hold(request: HttpRequest, form: PicturesForm, *, named: bool, at: datetime) -> None:
    """Before the form is shown again."""
    visit = networks.visit_of(request)

    def count(kilobytes: int) -> None:
        networks.take(visit, {What.HELD: kilobytes}, at=at, named=named)

    form.hold_pictures(count)


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """So that this browser, and no other, comes back to what waits. With the form itself: the
    answer to its sending may be lost."""
    if request.COOKIES.get(COOKIE) != _browser(request):
        response.set_cookie(
            COOKIE, _browser(request), httponly=True, samesite="Lax", secure=request.is_secure()
        )


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def _browser(request: HttpRequest) -> str:
    known = request.COOKIES.get(COOKIE, "")
    if _TOKEN.fullmatch(known):
        return known
    made: str = request.META.setdefault("youthvoice.held", secrets.token_hex(16))
    return made
