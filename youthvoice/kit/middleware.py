"""One line a request, in which nobody can be recognised; and rules for browsers."""

import sys
import time
import traceback
from collections.abc import Callable
from typing import Any

import structlog
from django.core.signals import got_request_exception
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

_log = structlog.get_logger("youthvoice.web")


class RequestLog:
    """Log the route's name, status and time; never a path, query, address or user agent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None and match.view_name != "site:healthz":
            _log.info(
                "request",
                method=request.method if request.method in _METHODS else "OTHER",
                view=match.view_name,
                status=response.status_code,
                ms=round((time.perf_counter() - begun) * 1000, 1),
            )
        return response


_METHODS = {"GET", "HEAD", "POST", "OPTIONS"}

#: What no page of ours uses, and so nothing that got into one may use either.
_DENIED = ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb")


class BrowserRules:
    """Two headers that Django doesn't know: what pages may use of the device, and that other
    sites may not draw what is ours into theirs. Files of /static/ carry them too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = ", ".join(f"{name}=()" for name in _DENIED)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


@receiver(got_request_exception)
def log_failure(request: HttpRequest, **kwargs: Any) -> None:
    """Say where a view failed, but not its message: that may hold what somebody wrote."""
    problem = sys.exception()
    match = request.resolver_match
    _log.error(
        "request.failed",
        view=match.view_name if match else None,
        error=type(problem).__name__,
        where=traceback.format_tb(problem.__traceback__) if problem else [],
    )
