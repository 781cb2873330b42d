"""The door: requests that no browser sends are turned away before anything reads them.

Django reads a body, a query and cookies as whatever they say they are. What they may say is
bounded here, once for every address, so that no view and no database meets the rest.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest, get_str_from_wsgi
from django.http import HttpRequest, HttpResponse, parse_cookie
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.http import parse_header_parameters

#: Pages are sent in UTF-8, and so browsers send their forms. Others could say the same in
#: bytes that make lone surrogates (UTF-7), or name codecs that are none for text.
_CHARSETS = {"utf-8", "utf8"}
_UNREADABLE = "unreadable"
#: Signs of a Content-Type; Django takes time by their square.
_TYPE_MOST = 1000


class Request(WSGIRequest):
    """A request that Django can always begin to read.

    Django takes the encoding of everything from Content-Type, and reads the query with it,
    before any middleware could answer. Ours stays UTF-8; StrangeRequests refuses the rest.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        given = meta.get("CONTENT_TYPE", "")
        try:
            if len(given) > _TYPE_MOST:
                raise ValueError
            found = parse_header_parameters(given)
        except ValueError:
            found = "", {"charset": _UNREADABLE}
        self.content_type, self.content_params = found

    @cached_property
    def COOKIES(self) -> dict[str, str]:  # type: ignore[override]
        """But for those with a backslash, of which the house gives none: Python takes them apart
        in steps by the square of their length, seconds for one head."""
        given = str(get_str_from_wsgi(self.environ, "HTTP_COOKIE", ""))
        return parse_cookie(";".join(one for one in given.split(";") if "\\" not in one))


class Handler(WSGIHandler):
    request_class = Request


class StrangeRequests:
    """Answers 400 to other encodings than UTF-8, to NUL in an address, its query or a cookie,
    to a length that is no number, and to a body that says none (no browser sends one so, and what
    one machine takes for its end another may not)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_strange(request):
            return render(request, "400.html", status=400)
        return self.get_response(request)


def _is_strange(request: HttpRequest) -> bool:
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.lower() not in _CHARSETS:
        return True
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit() and len(length) < 20):
        return True
    if "HTTP_TRANSFER_ENCODING" in request.META:
        return True
    if "\x00" in request.path or _holds_nul(request.COOKIES.items()):
        return True
    return _holds_nul((name, value) for name, given in request.GET.lists() for value in given)


def _holds_nul(pairs: Iterable[tuple[str, str]]) -> bool:
    return any("\x00" in name or "\x00" in value for name, value in pairs)
