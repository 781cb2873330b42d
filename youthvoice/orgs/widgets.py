"""A control that holds all regions of the province, and the cookie of the last choice."""

from typing import Any

from django.forms import ChoiceField, Select
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from youthvoice.orgs.queries import all_regions, is_region_option
from youthvoice.readymade.fragments import Fragments

_DRAWN = Fragments(2 * 1024 * 1024)
_COOKIE = "yv_region"
_COOKIE_AGE = 60 * 60 * 24 * 365


class RegionChoice(ChoiceField):
    """A region that `region_options` offers; looked up, and not looked for among all of them."""

    def valid_value(self, value: Any) -> bool:
        return is_region_option(str(value))


class RegionSelect(Select):
    """Some two hundred options, the same for everybody until the regions change."""

    def use_required_attribute(self, initial: Any) -> bool:
        """Its first option is none, which Django would look for by making them all."""
        return not self.is_hidden

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        return _DRAWN.get(
            name,
            str(value or ""),
            repr(sorted((attrs or {}).items())),
            of=all_regions(),
            draw=lambda: Select.render(self, name, value, attrs, renderer),
        )


def remembered(request: HttpRequest) -> str:
    """The code that this browser was asked to remember."""
    return request.COOKIES.get(_COOKIE, "")


def remember(request: HttpRequest, response: HttpResponse, code: str) -> None:
    """The region for the next time; with "" what was remembered is forgotten."""
    if code:
        response.set_cookie(
            _COOKIE,
            code,
            max_age=_COOKIE_AGE,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    elif remembered(request):
        response.delete_cookie(_COOKIE, samesite="Lax")
