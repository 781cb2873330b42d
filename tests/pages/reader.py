"""A web process without its server: answers the requests of a test, a line of JSON each.

python -m tests.pages.reader DATABASE

It stands on the same database and the same board as the test, and keeps pages of its own.
"""

import asyncio
import gzip
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

#: Seconds that a test waits for an answer.
PATIENCE = 60


class Reader:
    """The process, as its test holds it."""

    def __init__(self, database: str, *, data: Path | None = None) -> None:
        """With a `data` folder of its own it is on another machine."""
        environ = {k: v for k, v in os.environ.items() if k != "PYTEST_XDIST_WORKER"}
        # Nothing is written while a test doesn't expect it.
        environ |= {"READS_FLUSH_SECONDS": "3600"}
        if data is not None:
            environ |= {"YOUTHVOICE_DATA": str(data)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.pages.reader", database],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environ,
            text=True,
        )

    def get(self, path: str, **headers: str) -> dict[str, Any]:
        """Status, headers, text; `drawn` is how many pages it has drawn so far."""
        return self.get_all([path], **headers)[0]

    def get_all(self, paths: list[str], **headers: str) -> list[dict[str, Any]]:
        """All at once."""
        assert self.process.stdin
        assert self.process.stdout
        asked = {"paths": paths, "headers": {k.replace("_", "-"): v for k, v in headers.items()}}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the reader has ended"
        found: list[dict[str, Any]] = json.loads(line)
        return found

    def reopen(self) -> None:
        """Each test has a database of its own under the same name. What was read is forgotten."""
        self.get_all([], reopen="yes")

    def flush(self) -> None:
        """Write the reads that wait."""
        self.get_all([], flush="yes")

    def stop(self) -> None:
        """Cleanly: reads that wait are written."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()


async def ask(front: Any, path: str, headers: dict[str, str]) -> dict[str, Any]:
    path, _, query = path.partition("?")
    given = {"host": "localhost", "user-agent": "Mozilla/5.0 (a telephone)"} | headers
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "http_version": "1.1",
        "raw_path": path.encode(),
        "path": path,
        "query_string": query.encode(),
        "headers": [(k.encode(), v.encode()) for k, v in given.items()],
        "client": ("198.51.100.7", 4000),
        "server": ("127.0.0.1", 8000),
    }
    await front(scope, receive, send)
    told = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
    body = b"".join(message["body"] for message in sent[1:])
    if told.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    drawn = front.pages.drawn
    status = sent[0]["status"]
    return {"status": status, "headers": told, "text": body.decode(), "drawn": drawn}


async def main() -> None:
    from django.db import connections

    from config.asgi import application
    from youthvoice.reads.actions import recorder

    front = application(1)
    while line := await asyncio.to_thread(sys.stdin.readline):
        asked = json.loads(line)
        if "flush" in asked["headers"]:
            await front.in_thread(recorder.flush)
        if "reopen" in asked["headers"]:
            recorder.gather()
            recorder._waiting.clear()
            await front.in_thread(connections.close_all)
            begun = time.monotonic_ns()
            while front.pages and front.pages._contact() < begun:
                await asyncio.sleep(0.05)
        found = await asyncio.gather(
            *(ask(front, path, asked["headers"]) for path in asked["paths"])
        )
        print(json.dumps(found), flush=True)  # noqa: T201 - the test waits for this line
    # The test's database may be gone already.
    recorder.gather()
    recorder._waiting.clear()
    if recorder._spool is not None:
        recorder._spool.forget(list(recorder._spool._used))


if __name__ == "__main__":
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    import django

    django.setup()
    asyncio.run(main())
