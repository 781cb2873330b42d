"""What makes a page public: the same bytes for every reader, so that it can be kept for all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

View = Callable[..., HttpResponseBase]
#: The surrogate key (entrance/surrogates.py) of every page that lists or counts what people do.
LISTS = "lists"
#: Seconds for which a page that nothing has changed is kept: the clock changes pages, too. As long
#: as it reads the same by the clock, but within these; a minute late is near enough.
LIFE_LEAST, LIFE_MOST = 60, 600
#: Shared caches in front of the house keep it a second, and browsers ask whether it still stands.
CACHE_CONTROL = "public, max-age=0, s-maxage=1, must-revalidate"
#: Where a request carries its note, beside what WSGI puts there.
NOTE = "youthvoice.page"


@dataclass(frozen=True)
class Keeping:
    """How the page cache (entrance/cache.py) may keep what a view answers.

    `parameters`: all that the view reads of its query; the rest is left away. `keys`: surrogate
    keys besides those of the questions that the page leads to. `for_visitors`: not a public page,
    but the same for everybody who is not known to the house.
    """

    parameters: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    for_visitors: bool = False
    #: Makes of a drawing the piece that is kept for one browser alone (entrance/own.py).
    for_one: Callable[..., Any] | None = None


@dataclass
class Note:
    """What a view says, while it draws a page to be kept, for those who will be given it."""

    #: What is read by whoever is given the page.
    targets: list[str] = field(default_factory=list)
    #: Whose piece it is (entrance/nonces.py), where it may be kept a moment for their browser.
    own: str = ""
    #: Surrogate keys of what the page tells of, where it leads to more than that: what comes to
    #: the others changes nothing on it that must be told at once. Words that leave always do.
    about: list[str] = field(default_factory=list)
    #: Until when it reads the same (kit/clock.py); None if for ever.
    until: datetime | None = None


def note_of(request: HttpRequest) -> Note | None:
    """The note of a page that is drawn to be kept; None when it is drawn for one reader."""
    found: Note | None = request.META.get(NOTE)
    return found


def public_page(
    *parameters: str,
    keys: Sequence[str] = (LISTS,),
    is_kept: bool = True,
) -> Callable[[View], View]:
    """Let caches keep the page but ask whether it still stands; refuse to be personal.

    See `Keeping`; `is_kept=False` for what is too large to lie in memory. Raises RuntimeError when
    the view looked at the session: such a page is not public.
    """

    def decorate(view: View) -> View:
        @require_safe
        @wraps(view)
        def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            if request.session.accessed:
                raise RuntimeError(f"{request.path} is public but looked at who is reading")
            response["Cache-Control"] = CACHE_CONTROL
            return response

        # Unsafe requests are let through to it, unlooked at (site/writing.py): it refuses them all.
        shown.is_public = True  # type: ignore[attr-defined]
        if is_kept:
            shown.keeping = Keeping(parameters, tuple(keys))  # type: ignore[attr-defined]
        return shown

    return decorate


def visitors_piece(*parameters: str) -> Callable[[View], View]:
    """A reader's own piece of a page: kept for all of those whom the house doesn't know, and for
    the browser of one whom it does where the view says so (`Note.own`)."""

    def decorate(view: View) -> View:
        shown = never_cache(require_GET(view))
        shown.keeping = Keeping(parameters, for_visitors=True)  # type: ignore[attr-defined]
        return shown

    return decorate
