"""HTTP on a line: uvicorn's protocol, which gives kept pages away before they become requests.

A page that lies ready (`PageCache.at_hand`) goes from the parser's last word on the head straight
into the line: no task, no messages. All else is uvicorn's, and ASGI's.

uvicorn bounds neither how long a head may take nor how long it may be, and lets connections come
without end: `Lines` does.
"""

import time
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from youthvoice.entrance.front import Front
from youthvoice.entrance.page import Message


class Lines:
    """The lines of a process: which of them wait for a head, and what is common to all."""

    def __init__(
        self, front: Front, *, most: int, head_seconds: float, head_bytes: int, head_lines: int
    ) -> None:
        """`most`: lines at a time. A head has so many seconds, bytes and lines, and a line that
        waits for its next one has as many seconds."""
        self.pages = front.pages
        self.head_bytes, self.head_lines = head_bytes, head_lines
        self._most, self._seconds = most, head_seconds
        #: Since when each line that waits has waited, by time.monotonic; the longest first.
        self._waiting: dict[Protocol, float] = {}
        self._given: list[tuple[Any, tuple[bytes, ...], bool]] = []
        #: The last lines of each head.
        self.tail = b"\r\n"

    def give(self, line: "Protocol", *answer: bytes, last: bool = False) -> None:
        """Send its pieces when all that has come at this moment has been read: one write after
        the other costs a third of what a write after each read does, for it wakes whoever reads
        but once."""
        if not self._given:
            line.loop.call_soon(self._send)
        self._given.append((line.transport, answer, last))
        self.waits(line)

    def _send(self) -> None:
        given, self._given = self._given, []
        for transport, answer, last in given:
            if transport.is_closing():
                continue
            transport.writelines(answer)
            if last:
                transport.close()

    def waits(self, line: "Protocol") -> None:
        self._waiting.pop(line, None)
        self._waiting[line] = time.monotonic()

    def waits_no_more(self, line: "Protocol") -> None:
        self._waiting.pop(line, None)

    def arrived(self, line: "Protocol", count: int) -> None:
        """Where there are too many, whoever has been silent for longest makes room: who asks for
        something is never silent for long."""
        self.waits(line)
        if count > self._most:
            self._shut(next(iter(self._waiting)))

    def look(self, headers: list[tuple[bytes, bytes]]) -> None:
        """Once in a while: shut what has waited too long, and note what each head says."""
        late = time.monotonic() - self._seconds
        while self._waiting:
            line = next(iter(self._waiting))
            if self._waiting[line] > late:
                break
            self._shut(line)
        self.tail = b"".join(b"%s: %s\r\n" % header for header in headers) + b"\r\n"

    def _shut(self, line: "Protocol") -> None:
        del self._waiting[line]
        line.transport.close()


class Protocol(HttpToolsProtocol):
    """One line."""

    def __init__(self, *given: Any, lines: Lines, **named: Any) -> None:
        super().__init__(*given, **named)
        self._lines = lines
        #: Bytes that came of a head which isn't whole yet.
        self._begun = 0
        #: Whether the present request had its answer at hand.
        self._is_given = False
        self._address = ""
        #: Whether nothing more is read.
        self._is_over = False
        #: What is said of a head that can't be read.
        self._refusal = 400

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._address = self.client[0] if self.client else ""
        self._lines.arrived(self, len(self.connections))

    def connection_lost(self, exc: Exception | None) -> None:
        self._lines.waits_no_more(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._is_over:
            return
        self._begun += len(data)
        super().data_received(data)
        if self._begun > self._lines.head_bytes and not self._is_over:
            self._refuse(431)

    def on_message_begin(self) -> None:
        self.url, self.headers = b"", []

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        begun, self._begun = self._begun, 0
        if begun > self._lines.head_bytes or len(self.headers) > self._lines.head_lines:
            self._check_head()
        self._is_given = self._give()
        if self._is_given:
            return
        self._lines.waits_no_more(self)
        self._make_scope()
        self.expect_100_continue = any(
            name == b"expect" and value.lower() == b"100-continue" for name, value in self.headers
        )
        super().on_headers_complete()
        # What a body brings along behind it is none of the request's headers.
        self.headers = []
        if self.parser.should_upgrade():
            # What would follow is no HTTP.
            self.cycle.keep_alive = False

    def _check_head(self) -> None:
        """Of what came at once a part may belong to the body."""
        size = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
        if size > self._lines.head_bytes or len(self.headers) > self._lines.head_lines:
            self._refusal = 431
            raise ValueError("the head is too long")

    def _give(self) -> bool:
        """Whether the answer was at hand, and has gone into the line."""
        lines, cycle, url = self._lines, self.cycle, self.url
        if lines.pages is None or (cycle is not None and not cycle.response_complete):
            return False
        if self.flow.write_paused or self.parser.should_upgrade():
            return False
        method = self.parser.get_method()
        if (method != b"GET" and method != b"HEAD") or url[:1] != b"/" or b"#" in url:
            return False
        path, _, query = url.partition(b"?")
        found = lines.pages.at_hand(
            method, path, query, self.headers, self._address, self._drawing_scope
        )
        if found is None:
            return False
        head, body = found
        if self.parser.should_keep_alive():
            lines.give(self, head + lines.tail, body)
        else:
            self._is_over = True
            lines.give(self, head, b"connection: close\r\n", lines.tail, body, last=True)
        return True

    def _make_scope(self) -> None:
        """What uvicorn makes when a request begins; few need one."""
        url, headers = self.url, self.headers
        super().on_message_begin()
        self.url = url
        self.headers += headers

    def _drawing_scope(self) -> Message:
        self._make_scope()
        path, _, query = self.url.partition(b"?")
        return {**self.scope, "raw_path": path, "query_string": query}

    def on_body(self, body: bytes) -> None:
        # A body has a pace of its own (front.py).
        self._begun = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        if not self._is_given:
            super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.cycle.response_complete:
            self._lines.waits(self)

    def send_400_response(self, msg: str) -> None:
        self._refuse(self._refusal)

    def _refuse(self, status: int) -> None:
        """Say so, unless it would stand within an answer, and shut the line: where a request that
        can't be read ends, nobody knows."""
        self._is_over = True
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete:
            cycle.disconnected = True
            cycle.message_event.set()
            if cycle.response_started or self.pipeline:
                self.transport.close()
                return
        end = b"content-length: 0\r\nconnection: close\r\n"
        self._lines.give(self, STATUS_LINE[status], end, self._lines.tail, last=True)
