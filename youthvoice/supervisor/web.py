"""The web process: Granian serving config.asgi, with as many workers as the database bears."""

import atexit
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from importlib import import_module
from multiprocessing import util
from typing import Any

from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer

from config import env
from youthvoice.cli import settings_checked
from youthvoice.supervisor.lifeline import lifeline
from youthvoice.supervisor.pulse import beat

#: Seconds in which a worker must end; the supervisor waits a little longer than this.
KILL_AFTER = 18
#: Seconds for the head of a request to come, and for a connection that waits for the next one.
HEAD_SECONDS = 10
#: Bytes of a head at most; also what the server holds of a connection.
HEAD_BYTES = 64 * 1024
#: Connections of a worker at a time; each may need a second descriptor for a file.
CONNECTIONS = 4096
DESCRIPTORS = 2 * CONNECTIONS + 512
#: Bytes of an answer that the kernel takes ahead of its reader, and seconds after which it gives
#: up on one who takes none.
SEND_BYTES = 128 * 1024
READER_SECONDS = 30
#: For so long a thread that draws keeps the interpreter from the loop, which needs it for
#: microseconds: Python's own 5 ms would be most of what a kept page takes.
SWITCH_SECONDS = 0.001
#: Granian's own messages as our log lines; without this they go to standard output.
LOGGING: dict[str, Any] = {
    "formatters": {"lines": {"()": "youthvoice.supervisor.say.Lines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "loggers": {"_granian": {"handlers": ["stderr"], "propagate": False}},
}


class Server(MPServer):
    """Granian's, with one listening socket for all workers, and bounds on what is sent.

    A worker that hangs then takes no visitors along that wait in a queue of its own. What is
    set on a listening socket holds for all that it accepts.
    """

    def _init_shared_socket(self) -> None:
        super()._init_shared_socket()
        if self._sso is None:  # on Linux each worker would open its own
            spec: Any = self._ssp
            shared = spec.build()
            self._ssp, self._shd, self._sfd = None, shared, shared.get_fd()
            self._sso = socket.socket(fileno=self._sfd)
        self._sso.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BYTES)
        if sys.platform == "linux":
            # Granian itself would wait for ever.
            self._sso.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, READER_SECONDS * 1000)


def main() -> int:
    """Serve until SIGTERM; requests under way are finished first."""
    with settings_checked():
        server, threads = build()
    hold = lifeline()
    server.serve(target_loader=lambda target: load(target, hold)(threads))
    return 0


def descriptors() -> int:
    """Raise this process's bound on open files as far as it may be and need be; gives it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if most == resource.RLIM_INFINITY else min(DESCRIPTORS, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    return wanted


def build() -> tuple[Server, int]:
    """The server as the environment wants it, and how many threads each worker has; raises
    ImproperlyConfigured with a sentence.

    On SQLite one process writes best: several starve each other for seconds.
    """
    grown = bool(env.text("DATABASE_URL"))
    server = Server(
        "config.asgi:application",
        address=env.text("YOUTHVOICE_HOST", default="127.0.0.1"),
        port=env.integer("YOUTHVOICE_PORT", default=8000, at_least=1, at_most=65535),
        interface=Interfaces.ASGINL,
        loop=Loops.uvloop,
        # Nobody speaks HTTP/2 without TLS, and waiting to see whether somebody does has no end.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=HEAD_SECONDS * 1000, max_buffer_size=HEAD_BYTES
        ),
        websockets=False,
        workers=env.integer("WEB_WORKERS", default=2 if grown else 1, at_least=1, at_most=64),
        backpressure=max(32, min(CONNECTIONS, (descriptors() - 512) // 2)),
        backlog=env.integer("WEB_BACKLOG", default=1024, at_least=128, at_most=65535),
        # A worker that dies ends them all, and our supervisor starts anew: Granian would fork
        # its replacement out of a process with threads, which may hang at the stop.
        respawn_failed_workers=False,
        workers_kill_timeout=KILL_AFTER,
        log_level=LogLevels.warning,
        log_dictconfig=LOGGING,
    )
    return server, env.integer("WEB_THREADS", default=8 if grown else 4, at_least=1, at_most=256)


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
    sys.setswitchinterval(SWITCH_SECONDS)
    atexit._clear()
    util.Finalize(None, atexit._run_exitfuncs, exitpriority=100)
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


if __name__ == "__main__":
    # Our own name for the process in `ps` needs no extra: the module is on its command line.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.exit(main())
