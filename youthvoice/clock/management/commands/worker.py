import random
import threading
from argparse import ArgumentParser
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from youthvoice.clock import actions
from youthvoice.kit import clock

_log = structlog.get_logger("youthvoice.worker")
_CLOCK_SECONDS = 5.0


class Command(BaseCommand):
    help = "Run waiting tasks and the steps that fall due, until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then stop")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        worker = Worker(
            queue_names=["*"],
            interval=1,
            batch=once,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"worker-{random.getrandbits(48):012x}",
            excluded_queue_names=[],
        )
        if once:
            _tick()
            if settings.TASKS["default"]["BACKEND"].endswith("DatabaseBackend"):
                worker.run()
            return
        stop = threading.Event()
        ticking = threading.Thread(target=_tick_until, args=[stop], name="clock")
        ticking.start()
        worker.configure_signals()
        _log.info("worker.started")
        try:
            worker.run()
        finally:
            stop.set()
            ticking.join()
            _log.info("worker.stopped")


def _tick_until(stop: threading.Event) -> None:
    while True:
        try:
            close_old_connections()
            _tick()
        except Exception:
            # The database may be away for a moment; the clock must outlive that.
            _log.exception("clock.tick_failed")
        if stop.wait(_CLOCK_SECONDS):
            return


def _tick() -> None:
    actions.beat(at=clock.now())
    actions.run_due(at=clock.now())
