"""How the supervisor speaks: sentences for people, log lines for machines."""

import json
import logging
import sys
from datetime import UTC, datetime


class Refusal(Exception):
    """The start can't go on; the message is a sentence for the person at the terminal."""

    def __init__(self, sentence: str, *, status: int = 1) -> None:
        super().__init__(sentence)
        self.status = status


def line(event: str, *, level: str, logger: str, **values: object) -> str:
    """One JSON object, in the shape of config/logs.py.

    Not structlog: importing it would take longer than everything else that we do.
    """
    now = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    known = {"event": event, "level": level, "logger": logger, "timestamp": now}
    return json.dumps(values | known, ensure_ascii=False)


def log(event: str, *, level: str = "info", **values: object) -> None:
    """One structured line on standard error."""
    print(
        line(event, level=level, logger="youthvoice.supervisor", **values),
        file=sys.stderr,
        flush=True,
    )


class Lines(logging.Formatter):
    """The same shape for what the web server logs."""

    def format(self, record: logging.LogRecord) -> str:
        return line(record.getMessage(), level=record.levelname.lower(), logger=record.name)


def tell(*lines: str) -> None:
    """Lines for the person at the terminal, on standard output."""
    print(*lines, sep="\n", flush=True)
