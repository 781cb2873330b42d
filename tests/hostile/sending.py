"""Requests as they come off the wire, given to the entrance that serves the house."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from django import db
from django.core.signals import got_request_exception, request_finished, request_started

from config.wsgi import application


@dataclass(frozen=True)
class Sent:
    """One request. The query and the body are bytes, for nobody must send text."""

    method: str
    path: str
    query: bytes = b""
    content_type: str = ""
    body: bytes = b""
    #: Headers as the entrance's environment names them.
    headers: dict[str, str] = field(default_factory=dict)
    #: What Content-Length says, if not the truth.
    length: str | None = None

    def environ(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": self.path,
            "QUERY_STRING": self.query.decode("latin-1"),
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "testserver",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(self.body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        if self.content_type:
            found["CONTENT_TYPE"] = self.content_type
        if self.body or self.length is not None:
            found["CONTENT_LENGTH"] = str(len(self.body)) if self.length is None else self.length
        return found | self.headers


@dataclass(frozen=True)
class Answered:
    status: int
    page: bytes
    #: What the view raised, if it failed.
    problem: str


def send(sent: Sent) -> Answered:
    """The answer; 599 stands for an entrance that itself broke down."""
    status: list[int] = []

    def start_response(line: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        for name, value in headers:
            f"{name}: {value}".encode("latin-1")  # as a server writes them
            if any(sign in value for sign in "\r\n\x00"):
                raise ValueError(f"{name} holds a line end")
        status.append(int(line.split()[0]))

    with _one_connection(), _failures() as failures:
        try:
            response = application(sent.environ(), cast(Any, start_response))
            page = b"".join(response)
            response.close()
        except Exception as problem:
            return Answered(599, b"", _where(problem))
    return Answered(status[0], page, "; ".join(failures))


@contextmanager
def _one_connection() -> Iterator[None]:
    """The test's own transaction stays open behind many requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(db.close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(db.close_old_connections)


@contextmanager
def _failures() -> Iterator[list[str]]:
    found: list[str] = []

    def note(request: Any = None, **kwargs: Any) -> None:
        problem = sys.exception()
        if problem:
            found.append(_where(problem))

    got_request_exception.connect(note)
    try:
        yield found
    finally:
        got_request_exception.disconnect(note)


def _where(problem: BaseException) -> str:
    trace = problem.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else ""
    return f"{type(problem).__name__} at {place}: {problem}"[:300]
