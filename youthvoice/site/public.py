"""What makes a page public: the same bytes for every reader, and counted once an hour."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from youthvoice.kit import clock
from youthvoice.reads.actions import recorder
from youthvoice.reads.visitors import identify

#: In whose eyes public pages are drawn.
EVERYBODY = AnonymousUser()

View = Callable[..., HttpResponseBase]


def public_page(view: View) -> View:
    """Let caches keep the page but ask whether it still stands; refuse to be personal.

    Raises RuntimeError when the view looked at the session: such a page is not public.
    """

    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.session.accessed:
            raise RuntimeError(f"{request.path} is public but looked at who is reading")
        response["Cache-Control"] = "public, no-cache"
        return response

    # site.writing lets unsafe requests through to it, unlooked at: it refuses them all.
    shown.is_public = True  # type: ignore[attr-defined]
    return shown


def count_read(request: HttpRequest, target: str) -> None:
    """Note that the page's target is read; robots and staff are told apart there."""
    if request.method == "GET":
        at = clock.now()
        recorder.add(target=target, visitor=identify(request, at=at), at=at)
