"""The web process: uvicorn serving config.asgi, in two processes where there are two cores.

The application brings its own protocol (entrance/protocol.py), for it knows what lies ready.
"""

import gc
import logging
import os
import resource
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from types import FrameType
from typing import Any

import uvicorn

from config import env
from youthvoice.cli import settings_checked
from youthvoice.supervisor.lifeline import lifeline
from youthvoice.supervisor.pulse import beat

#: Seconds in which a worker must end; the supervisor waits a little longer than this.
KILL_AFTER = 18
#: Seconds for the head of a request to come, and for a connection that waits for the next one.
HEAD_SECONDS = 10
#: Bytes of a head at most, and its lines.
HEAD_BYTES = 64 * 1024
HEAD_LINES = 100
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
#: What brings the application, and the protocol that knows it.
TARGET = "config.asgi"


@dataclass(frozen=True)
class Plan:
    """What the environment wants."""

    host: str
    port: int
    backlog: int
    #: Processes, and the threads that each has for the house.
    workers: int
    threads: int


def main() -> int:
    """Serve until SIGTERM; requests under way are finished first."""
    with settings_checked():
        plan = planned()
    listening = listen(plan)
    target = import_module(TARGET)
    # What is there by now stays: nobody need look at it again and again, and processes share it.
    gc.collect()
    gc.freeze()
    if plan.workers == 1:
        return serve(target, listening, plan)
    workers, hold = Workers(), lifeline()
    for _ in range(plan.workers):
        if workers.fork():
            hold()
            return serve(target, listening, plan)
    listening.close()
    return workers.wait()


def planned() -> Plan:
    """Raises ImproperlyConfigured with a sentence."""
    grown = bool(env.text("DATABASE_URL"))
    cores = os.cpu_count() or 1
    return Plan(
        host=env.text("YOUTHVOICE_HOST", default="127.0.0.1"),
        port=env.integer("YOUTHVOICE_PORT", default=8000, at_least=1, at_most=65535),
        backlog=env.integer("WEB_BACKLOG", default=1024, at_least=128, at_most=65535),
        workers=env.integer("WEB_WORKERS", default=min(2, cores), at_least=1, at_most=64),
        threads=env.integer("WEB_THREADS", default=8 if grown else 4, at_least=1, at_most=256),
    )


def listen(plan: Plan) -> socket.socket:
    """The one listening socket of all processes: one that hangs takes no visitors along that wait
    in a queue of its own. What is set on it holds for all that it accepts."""
    family, _, _, _, address = socket.getaddrinfo(plan.host, plan.port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        # `::` is IPv4's, too.
        listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BYTES)
    if sys.platform == "linux":
        # Nobody else would hang up on a reader who takes nothing.
        milliseconds = READER_SECONDS * 1000
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)
    listening.bind(address)
    return listening


def descriptors() -> int:
    """Raise this process's bound on open files as far as it may be and need be; gives it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if most == resource.RLIM_INFINITY else min(DESCRIPTORS, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    return wanted


def serve(target: Any, listening: socket.socket, plan: Plan) -> int:
    """In a process that answers visitors, to its end."""
    beat()
    sys.setswitchinterval(SWITCH_SECONDS)
    build(target, plan).run(sockets=[listening])
    return 0


def build(target: Any, plan: Plan) -> "Server":
    """The server of one process."""
    front = target.application(plan.threads, share=1 / plan.workers)
    lines = target.Lines(
        front,
        most=max(32, min(CONNECTIONS, (descriptors() - 512) // 2)),
        head_seconds=HEAD_SECONDS,
        head_bytes=HEAD_BYTES,
        head_lines=HEAD_LINES,
    )
    protocol: Any = partial(target.Protocol, lines=lines)
    config = uvicorn.Config(
        front,
        http=protocol,
        ws="none",
        loop="uvloop",
        interface="asgi3",
        lifespan="off",
        # The house looks at what a proxy says itself, as far as it trusts one.
        proxy_headers=False,
        server_header=False,
        access_log=False,
        # Ours stand; what strangers send wrong is no news.
        log_config=None,
        log_level=logging.ERROR,
        backlog=plan.backlog,
        timeout_keep_alive=HEAD_SECONDS,
        timeout_graceful_shutdown=KILL_AFTER,
    )
    return Server(config, lines)


class Server(uvicorn.Server):
    """uvicorn's, which looks after its lines, and leaves by its end and not by the signal: what
    waits to be written is written at the end (the reads gathered in memory)."""

    def __init__(self, config: uvicorn.Config, lines: Any) -> None:
        super().__init__(config)
        self._lines = lines

    async def on_tick(self, counter: int) -> bool:
        is_over = await super().on_tick(counter)
        self._lines.look(self.server_state.default_headers)
        return is_over

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.handle_exit)
        yield


class Workers:
    """Processes that serve side by side, forked before any of them has a thread. One that dies
    takes the others along, and the supervisor starts anew."""

    def __init__(self) -> None:
        self._pids: set[int] = set()

    def fork(self) -> bool:
        """Whether we are the new one."""
        pid = os.fork()
        self._pids.add(pid)
        return pid == 0

    def wait(self) -> int:
        """Until all have ended; the exit status."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGALRM, self._kill)
        worst = 0
        while self._pids:
            pid, status = os.wait()
            self._pids.discard(pid)
            worst = worst or os.waitstatus_to_exitcode(status)
            if self._pids and not self._is_stopping:
                worst = worst or 1
                self._stop()
        return abs(worst)

    _is_stopping = False

    def _stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        if not self._is_stopping:
            self._is_stopping = True
            signal.alarm(KILL_AFTER)
            self._send(signal.SIGTERM)

    def _kill(self, _number: int, _frame: FrameType | None) -> None:
        self._send(signal.SIGKILL)

    def _send(self, number: int) -> None:
        for pid in self._pids:
            # It may have ended in this moment.
            with suppress(ProcessLookupError):
                os.kill(pid, number)


if __name__ == "__main__":
    # Our own name for the process in `ps` needs no extra: the module is on its command line.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    sys.exit(main())
