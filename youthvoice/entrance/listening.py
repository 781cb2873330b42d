"""Hearing on this machine what others have changed, and when the database was last heard.

PostgreSQL tells the acts' changes (`surrogates.changed`) to all who listen, once they are
committed. One thread of each web process listens; its word with the database also says how long
ago kept pages may have missed a change. On SQLite all processes are on one machine and share its
board.
"""

import threading
import time
from collections.abc import Callable

import psycopg
import structlog
from django.db import connection

from youthvoice.entrance import nonces, surrogates

_log = structlog.get_logger("youthvoice.pages")
#: Seconds between two words with the database, and between two tries to reach it.
_BEAT = 1.0
_CONNECT = 5


class Listener:
    """`contact` is the moment of the last word with the database."""

    def __init__(self) -> None:
        self.contact = 0

    def start(self) -> None:
        threading.Thread(target=self._work, name="pages", daemon=True).start()

    def _work(self) -> None:
        pause = threading.Event()
        while True:
            try:
                self._listen()
            except Exception as problem:
                _log.warning("pages.not_heard", error=type(problem).__name__)
            pause.wait(_BEAT)

    def _listen(self) -> None:
        """Until the connection breaks."""
        given = connection.get_connection_params()
        given = {k: v for k, v in given.items() if k not in ("context", "cursor_factory", "pool")}
        given |= {"connect_timeout": _CONNECT, "autocommit": True, "row_factory": None}
        given = {k: v for k, v in given.items() if v is not None}
        with psycopg.connect(**given) as listening:
            listening.execute(f"LISTEN {surrogates.CHANNEL}")
            # What was told while nobody listened is not told again.
            surrogates.board().change([surrogates.ALL], at_once=True)
            self.contact = time.monotonic_ns()
            while True:
                for told in listening.notifies(timeout=_BEAT):
                    is_own = told.payload.startswith(nonces.TOLD)
                    (nonces if is_own else surrogates).heard(told.payload)
                listening.execute("SELECT 1")
                self.contact = time.monotonic_ns()


def contact() -> Callable[[], int]:
    """What tells when the database was last heard."""
    if connection.vendor != "postgresql":
        return time.monotonic_ns
    listener = Listener()
    listener.start()
    return lambda: listener.contact
