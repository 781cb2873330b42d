"""The web process: Granian serving config.wsgi, with as many workers as the database bears."""

import atexit
import os
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from multiprocessing import util
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from config import env
from youthvoice.cli import settings_checked
from youthvoice.supervisor.lifeline import lifeline
from youthvoice.supervisor.pulse import beat

#: Seconds in which a worker must end; the supervisor waits a little longer than this.
KILL_AFTER = 18
#: Granian's own messages as our log lines; without this they go to standard output.
LOGGING: dict[str, Any] = {
    "formatters": {"lines": {"()": "youthvoice.supervisor.say.Lines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "loggers": {"_granian": {"handlers": ["stderr"], "propagate": False}},
}


def main() -> int:
    """Serve until SIGTERM; requests under way are finished first."""
    with settings_checked():
        server = build()
    hold = lifeline()
    server.serve(target_loader=lambda target: load(target, hold))
    return 0


def build() -> MPServer:
    """The server as the environment wants it; raises ImproperlyConfigured with a sentence.

    On SQLite one process writes best: several starve each other for seconds.
    """
    grown = bool(env.text("DATABASE_URL"))
    return MPServer(
        "config.wsgi:application",
        address=env.text("YOUTHVOICE_HOST", default="127.0.0.1"),
        port=env.integer("YOUTHVOICE_PORT", default=8000, at_least=1, at_most=65535),
        interface=Interfaces.WSGI,
        websockets=False,
        workers=env.integer("WEB_WORKERS", default=2 if grown else 1, at_least=1, at_most=64),
        blocking_threads=env.integer(
            "WEB_THREADS", default=8 if grown else 4, at_least=1, at_most=256
        ),
        backlog=env.integer("WEB_BACKLOG", default=1024, at_least=128, at_most=65535),
        # A worker that dies ends them all, and our supervisor starts anew: Granian would fork
        # its replacement out of a process with threads, which may hang at the stop.
        respawn_failed_workers=False,
        workers_kill_timeout=KILL_AFTER,
        log_level=LogLevels.warning,
        log_dictconfig=LOGGING,
    )


def load(target: str, hold: Callable[[], None]) -> Any:
    """Load the application inside a fresh worker; `hold` ties its life to ours.

    Until Granian listens for signals the worker has its parent's handlers, which would
    swallow a SIGTERM: meanwhile the signal's own effect is right.
    A forked worker leaves by os._exit, without the functions of `atexit`; they are run as
    a finalizer, so that an application may count on them (the reads gathered in memory).
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    hold()
    beat()
    atexit._clear()
    util.Finalize(None, atexit._run_exitfuncs, exitpriority=100)
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


if __name__ == "__main__":
    # Our own name for the process in `ps` needs no extra: the module is on its command line.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.exit(main())
