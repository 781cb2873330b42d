"""Several acts at the same moment, each in a thread and a connection of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, connections

PATIENCE = 60


def at_once(
    *acts: Callable[[], Any], refused: type[Exception] | tuple[type[Exception], ...] = ()
) -> list[Any]:
    """Run all acts together; gives what each gave, or the refusal that it met.

    An exception that is none of `refused` is raised. `PATIENCE` seconds bound it all.
    """
    start = threading.Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(PATIENCE)
            try:
                return act()
            except refused as why:
                return why
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts, timeout=PATIENCE))
