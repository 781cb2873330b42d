"""What is refused costs, too: reading a form until it is seen that something is wrong with it.

What is accepted has a limit of its own, by what it is. Of the rest the processor's time is
counted, by network: far more than people need who mistype, and little beside what the machine
can do. So nobody keeps the house busy with forms that it doesn't take.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus

import structlog
from django.http import HttpRequest, HttpResponse

from youthvoice.kit import clock
from youthvoice.kit.network import client_network
from youthvoice.limits import actions as limits
from youthvoice.limits import networks
from youthvoice.limits.choices import LIMITS, What
from youthvoice.site import errors, keeping

_log = structlog.get_logger("youthvoice.site")
_SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
#: The unit that is counted: so many of them are a second.
UNITS = 100
#: So many networks are kept in mind; what is forgotten is counted again with the next form.
_MOST = 10_000


class Refusals:
    """Answers 429, before any of the body is read, to networks whose time is used up.

    It is asked of the counts only after a refusal, and kept in mind until it ends: a form that
    is taken costs no query more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._until: dict[str, datetime] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in _SAFE:
            return self.get_response(request)
        network, at = client_network(request), clock.now()
        if wait := self._wait(network, at):
            problem = limits.TooMany(LIMITS[What.REFUSED], wait_seconds=wait)
            return errors.too_many(request, problem)
        begun = time.thread_time()
        response = self.get_response(request)
        if _is_refused(request, response):
            self._count(network, time.thread_time() - begun, at)
        return response

    def _wait(self, network: str, at: datetime) -> int:
        until = self._until.get(network)
        return max(int((until - at).total_seconds()), 0) if until else 0

    def _count(self, network: str, seconds: float, at: datetime) -> None:
        try:
            most = networks.ceilings(What.REFUSED, network)[1]
            want = limits.Want(What.REFUSED, network, 1 + int(seconds * UNITS), most)
            limits.take_all([want], at=at)
        except limits.TooMany as problem:
            if len(self._until) >= _MOST:
                self._until.clear()
            self._until[network] = at + timedelta(seconds=problem.wait_seconds)
        except limits.UNABLE_TO_COUNT as problem:
            # Whoever waits for the answer may have words in it; a full disk has other alarms.
            _log.warning("refusals.not_counted", error=type(problem).__name__)


def _is_refused(request: HttpRequest, response: HttpResponse) -> bool:
    """Ours answer 4xx; allauth's pages come back with 200 and say in their form what is wrong.

    What is forbidden counts only if a page of ours sent it, and costs next to nothing else:
    another site can make a visitor's browser send it.
    """
    if response.status_code == HTTPStatus.FORBIDDEN:
        return keeping.is_ours(request)
    form = (getattr(response, "context_data", None) or {}).get("form")
    return response.status_code >= 400 or bool(getattr(form, "errors", None))
