"""What is said when something can't be done."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from youthvoice.kit.admin import NotOfThisList
from youthvoice.limits.actions import TooMany
from youthvoice.site import keeping


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """With a sentence where it is ours; Django's would quote what was sent, in English."""
    why = str(exception) if isinstance(exception, NotOfThisList) else ""
    return render(request, "400.html", {"why": why}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"words": keeping.given_back(request)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Also of a form: who may no longer know of a question, their session or receipt being over,
    gets their own words back, whether there is one or not."""
    return render(request, "404.html", {"words": keeping.given_back(request)}, status=404)


def too_many(
    request: HttpRequest, problem: TooMany | None = None, *, words: Sequence[str] = ()
) -> HttpResponse:
    """How long to wait. Without `problem` it is one of allauth's limits, by the minute."""
    if problem:
        context = {"why": str(problem), "hint": problem.hint, "words": words}
    else:
        why, hint = (
            _("你用的网络刚才试得太勤，请 1 分钟后再试。"),
            _("同一个网络里的人是合在一起算的。"),
        )
        context = {"why": why, "hint": hint}
    response = render(request, "429.html", context, status=429)
    if problem:
        problem.mark(response)
    else:
        response["Retry-After"] = "60"
    add_never_cache_headers(response)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Perhaps somebody signed in or out in another tab: what was written comes back."""
    if words := keeping.given_back(request):
        context = {"words": words, "there": keeping.page_before(request)}
        return render(request, "403_csrf.html", context, status=403)
    return render(request, "403_csrf.html", status=403)
