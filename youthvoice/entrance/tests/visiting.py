"""Visitors as the front meets them, and a house behind it.

The clock goes on when nothing else is to be done, and takes no time.
"""

import asyncio
import selectors
from concurrent.futures import ThreadPoolExecutor
from wsgiref.util import FileWrapper

from youthvoice.entrance.front import Front

THREADS = 4
MEGABYTE = 1000 * 1000


class Clock(selectors.DefaultSelector):
    """Whoever would wait for a time has waited, unless a thread may be about to say something."""

    now, in_threads = 0.0, 0

    def select(self, timeout=None):
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        ready = super().select(0.3 if self.in_threads else 0)
        if not ready:
            self.now += timeout
        return ready


class Loop(asyncio.SelectorEventLoop):
    def __init__(self):
        self.clock = Clock()
        super().__init__(self.clock)

    def time(self):
        return self.clock.now

    async def run_in_executor(self, executor, function, *given):
        self.clock.in_threads += 1
        try:
            return await super().run_in_executor(executor, function, *given)
        finally:
            self.clock.in_threads -= 1


def run(story):
    """Run a coroutine; gives what it gives, and the seconds that it would have taken.

    In a thread of its own: in this one the browser tests' loop may be running.
    """
    with ThreadPoolExecutor(1) as stage:
        return stage.submit(_run, story).result()


def _run(story):
    loop = Loop()
    try:
        return loop.run_until_complete(story), loop.time()
    finally:
        loop.close()


class Visitor:
    """Somebody at the other end: sends a piece `every` so many seconds, and takes one likewise."""

    def __init__(self, *pieces, every=0.0, stalls=False, method="POST", takes=None, **headers):
        self.pieces, self.every, self.stalls, self.takes = list(pieces), every, stalls, takes
        self.stalling, self.hangs_up = asyncio.Event(), asyncio.Event()
        self.status, self.told, self.said = None, {}, []
        length = sum(map(len, pieces)) + stalls
        sent = {"content-length": str(length), "content-type": "multipart/form-data"} | headers
        self.scope = {
            "type": "http",
            "method": method,
            "raw_path": b"/ask/",
            "query_string": b"",
            "http_version": "1.1",
            "scheme": "http",
            "server": ("127.0.0.1", "80"),
            "client": ("192.0.2.7", "4711"),
            "headers": [(name.encode(), value.encode()) for name, value in sent.items() if value],
        }

    async def receive(self):
        if not self.pieces:
            if self.takes is None:  # else it stalls while it reads
                self.stalling.set()
            await self.hangs_up.wait()
            return {"type": "http.disconnect"}
        await asyncio.sleep(self.every)
        piece = self.pieces.pop(0)
        return {
            "type": "http.request",
            "body": piece,
            "more_body": bool(self.pieces or self.stalls),
        }

    async def send(self, message):
        if message["type"] == "http.response.start":
            self.status, self.told = message["status"], dict(message["headers"])
            return
        if self.takes is not None:
            self.stalling.set()
            await asyncio.sleep(len(message["body"]) / self.takes if self.takes else 3600)
        self.said.append(message["body"])
        self.whole = not message.get("more_body", False)

    def opens(self, house):
        return house(self.scope, self.receive, self.send)

    @property
    def answer(self):
        return b"".join(self.said)


class House:
    """A WSGI application that says back what it was sent."""

    def __init__(self, says=None):
        self.says, self.asked, self.closed = says, [], 0

    def __call__(self, environ, start_response):
        body = environ["wsgi.input"].read()
        self.asked.append((environ, body))
        start_response("200 OK", [("Content-Type", "text/plain")])
        self.result = self.says(environ) if self.says else [body]
        return (
            Closing(self.result, self) if not isinstance(self.result, FileWrapper) else self.result
        )


class Closing(list):
    def __init__(self, pieces, house):
        super().__init__(pieces)
        self.house = house

    def close(self):
        self.house.closed += 1


def behind(house, kind=Front, **given):
    return kind(
        house, **{"threads": THREADS, "most": 200 * MEGABYTE, "fields_most": MEGABYTE} | given
    )
