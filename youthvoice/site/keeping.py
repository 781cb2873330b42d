"""What was typed is not lost when its form could not be taken.

The script of drafts (static/js/draft.js) keeps what is written until the house says that it was
taken. Where it was not, because a session had ended or its token was an old one, the answer
gives the words back, for those without scripts, and leads to the page that held the form.
"""

import re
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote, urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

#: Tells the script of drafts which form was taken: its address, quoted.
TAKEN = "yv_taken"
#: Seconds until the next page is there.
_TAKEN_AGE = 600
#: Here nothing is written for others, and what is typed is nobody's to see again.
_OWN = ("/accounts/", "/demo/", "/guardian/")
#: Pages without the script of drafts.
_ADMIN = "/admin/"
#: Of these more is never given back: four times the longest field of ours, in signs.
_GIVEN_MOST = 20_000
#: Codes, numbers and marks: what a form holds besides words.
_NO_WORDS = re.compile(r"[\x21-\x7e]*")
_TITLES = {"title", "text"}
#: Where there is no page of the same thing.
_HOME = "/"


class KeptWords:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.headers.get("HX-Request") == "true":
            return response
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            return _not_so(request, response)
        if request.method != "POST" or request.path.startswith(_OWN):
            return response
        if response.status_code not in (HTTPStatus.FOUND, HTTPStatus.SEE_OTHER):
            return response
        there = response["Location"]
        if there.startswith(("/accounts/", reverse("admin:login"))):
            return _who_first(request, there) or response
        is_kept = not request.path.startswith(_ADMIN)
        if is_kept and given_back(request) and not _is_refused(request):
            response.set_cookie(
                TAKEN,
                quote(request.path, safe=""),
                max_age=_TAKEN_AGE,
                samesite="Lax",
                secure=request.is_secure(),
            )
        return response


def given_back(request: HttpRequest) -> list[str]:
    """The words of a form that one of our own pages sent; of no other site's, which could
    else say what it likes on a page of ours. What no page of ours can hold is left out."""
    if request.method != "POST" or not is_ours(request) or request.path.startswith(_OWN):
        return []
    found, left = [], _GIVEN_MOST
    for name, values in request.POST.lists():
        for value in values:
            if len(value) <= left and _is_words(name, value):
                found.append(value)
                left -= len(value)
    return found


def _is_words(name: str, value: str) -> bool:
    if "password" in name or not value.strip():
        return False
    return name in _TITLES or not _NO_WORDS.fullmatch(value)


def page_before(request: HttpRequest) -> str:
    """The page of ours that held the form, without its host; empty when the browser tells none."""
    page = request.headers.get("Referer", "")
    if not page or not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return ""
    parts = urlsplit(page)
    # Two strokes at its beginning would make a host of the next part.
    return f"/{parts.path.lstrip('/')}" + (f"?{parts.query}" if parts.query else "")


def is_ours(request: HttpRequest) -> bool:
    """Whether a page of ours sent it, as far as a browser tells."""
    if origin := request.headers.get("Origin"):
        return origin == f"{request.scheme}://{request.get_host()}"
    return bool(page_before(request))


def _is_refused(request: HttpRequest) -> bool:
    """Sent on, with a sentence why it could not be done."""
    queued = getattr(messages.get_messages(request), "_queued_messages", [])
    return any(one.level >= messages.ERROR for one in queued)


def _who_first(request: HttpRequest, there: str) -> HttpResponse | None:
    """In place of a way to the sign-in that would leave the words behind."""
    words, before = given_back(request), page_before(request)
    if not words:
        return None
    if urlsplit(there).path in (reverse("account_login"), reverse("admin:login")) and before:
        # The address of an act is none to come back to.
        there = f"{urlsplit(there).path}?{urlencode({'next': before})}"
    context = {"words": words, "there": there}
    page = render(request, "site/who_first.html", context, status=HTTPStatus.FORBIDDEN)
    add_never_cache_headers(page)
    return page


def _not_so(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    there = _above(request)
    # Which lane of a case it was about is the same question there.
    query = request.META.get("QUERY_STRING", "")
    context = {
        "words": given_back(request),
        "there": f"{there}?{query}" if query and there != _HOME else there,
        "is_home": there == _HOME,
    }
    page = render(request, "405.html", context, status=HTTPStatus.METHOD_NOT_ALLOWED)
    page["Allow"] = response.get("Allow", "")
    add_never_cache_headers(page)
    return page


def _above(request: HttpRequest) -> str:
    """The nearest address above that is a page of the same thing; home if there is none."""
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    path = request.path
    while path := path.rstrip("/").rpartition("/")[0]:
        try:
            found = resolve(f"{path}/")
        except Resolver404:
            continue
        if found.kwargs.items() <= kwargs.items():
            return f"{path}/"
    return _HOME
