"""What makes a page public: the same bytes for every reader."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

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

    # Unsafe requests are let through to it, unlooked at (site/writing.py): it refuses them all.
    shown.is_public = True  # type: ignore[attr-defined]
    return shown
