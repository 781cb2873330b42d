import shutil

import structlog
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from youthvoice.cases.queries import empty_places
from youthvoice.clock.queries import seconds_silent
from youthvoice.kit import clock
from youthvoice.kit.network import is_direct_from_here
from youthvoice.kit.sqlite import library
from youthvoice.orgs.policy import is_operator
from youthvoice.workdays.queries import missing_years

_log = structlog.get_logger("youthvoice.health")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when all is well, 503 when something is not; says what in one word each.

    Everybody hears only which of the two it is: what fails where is for who runs the house.

    The calendar only warns: the house runs on, and counts by an estimate. So do the chain by
    which what is late is told, where a place in it is empty, and a SQLite that may lose data.
    """
    parts = {"web": "ok", "database": _database(), "worker": "unknown", "disk": _disk()}
    warnings = {"calendar": "unknown", "chain": "unknown", "library": _library()}
    is_up = parts["database"] == "ok"
    if is_up:
        parts["worker"] = _worker()
    well = all(word == "ok" for word in parts.values())
    told = {"status": "ok" if well else "failing"}
    if _may_know(request, is_up=is_up):
        if is_up:
            warnings["calendar"] = _calendar()
            warnings["chain"] = _chain()
        told |= parts | warnings
    return JsonResponse(told, status=200 if well else 503)


def _may_know(request: HttpRequest, *, is_up: bool) -> bool:
    """Who asks from this machine itself, with the token, or is one of the operators."""
    if is_direct_from_here(request):
        return True
    token: str = settings.HEALTH_TOKEN
    given = request.headers.get("Authorization", "")
    if token and constant_time_compare(given.encode(), f"Bearer {token}".encode()):
        return True
    # Whoever brings no session costs no query, and a database that is down knows nobody.
    return is_up and settings.SESSION_COOKIE_NAME in request.COOKIES and is_operator(request.user)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except Error:
        _log.exception("health.database")
        return "down"
    return "ok"


def _worker() -> str:
    silent = seconds_silent(at=clock.now())
    return "ok" if silent is not None and silent < settings.WORKER_SILENT_MOST else "silent"


def _calendar() -> str:
    return "missing" if missing_years(at=clock.now()) else "ok"


def _chain() -> str:
    return "empty" if empty_places(at=clock.now()) else "ok"


def _disk() -> str:
    free = shutil.disk_usage(settings.DATA_DIR).free // (1024 * 1024)
    return "ok" if free >= settings.DISK_FREE_LEAST else "full"


def _library() -> str:
    if connection.vendor != "sqlite":
        return "ok"
    return "ok" if library.is_safe() else "unsafe"
