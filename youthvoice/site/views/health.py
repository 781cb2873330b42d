import shutil

import structlog
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from youthvoice.cases.queries import empty_places
from youthvoice.clock.queries import seconds_silent
from youthvoice.kit import clock
from youthvoice.workdays.queries import missing_years

_log = structlog.get_logger("youthvoice.health")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when all is well, 503 when something is not; says what in one word each.

    The calendar only warns: the house runs on, and counts Monday to Friday. So does the chain
    by which what is late is told, where a place in it is empty.
    """
    parts = {"web": "ok", "database": _database(), "worker": "unknown", "disk": _disk()}
    warnings = {"calendar": "unknown", "chain": "unknown"}
    if parts["database"] == "ok":
        parts["worker"] = _worker()
        warnings["calendar"] = _calendar()
        warnings["chain"] = _chain()
    well = all(word == "ok" for word in parts.values())
    return JsonResponse(
        {"status": "ok" if well else "failing", **parts, **warnings}, status=200 if well else 503
    )


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
