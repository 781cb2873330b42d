"""One line a request, in which nobody can be recognised."""

import time
from collections.abc import Callable

import structlog
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
