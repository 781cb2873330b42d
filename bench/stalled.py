"""Visitors who stall: `.venv/bin/python bench/stalled.py [--each N] [--held SECONDS] [--patient]`.

Starts a house on its own port, without a proxy, and holds N connections (200) of each kind: with
half a head, with a form of which half is sent (and its right token), and with a long answer that
nobody reads. Meanwhile others open pages: prints their times, first with nobody stalling, then
beside each kind and beside all of them; what the web process holds then; and how long the house
held them. Closed ones are opened anew, so that the N stand all the time.

`--patient` prints as well whether somebody gets through who is only slow: a form with 5 MB at
20 kB a second, which takes four minutes, and the long answer read at that speed.
"""

import argparse
import asyncio
import os
import re
import statistics
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.scripts.house import House

#: What others open, in turn: a page, the form, what watches the house, and a file.
PATHS = ("/", "/ask/", "/healthz", "/robots.txt")
#: How many of them at a time, and how many in all.
SIDE_BY_SIDE, OTHERS = 4, 240
#: Seconds after which they give up.
PATIENCE = 10.0
#: Seconds after which a reader who takes nothing hangs up and asks again.
READS_AGAIN = 40.0
#: Longer than what kernels keep of an answer for a reader who takes nothing.
LONG = 12 * 1024 * 1024


class Stalled:
    """So many connections of a kind; one that the house closes is opened anew."""

    def __init__(self, port: int, count: int, begin: bytes) -> None:
        self.port, self.count, self.begin = port, count, begin
        self.open = 0
        #: Seconds for which the house held those that it has closed.
        self.held: list[float] = []
        self.tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "Stalled":
        self.tasks = [asyncio.create_task(self._one()) for _ in range(self.count)]
        end = time.monotonic() + 30
        while self.open < self.count and time.monotonic() < end:
            await asyncio.sleep(0.05)
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _one(self) -> None:
        while True:
            with suppress(OSError):
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=4096)
                begun = time.monotonic()
                self.open += 1
                try:
                    writer.write(self.begin)
                    if self.begin.startswith(b"GET /static"):
                        # Who doesn't read isn't told of the end either.
                        writer.transport.pause_reading()  # type: ignore[attr-defined]
                        await asyncio.sleep(READS_AGAIN)
                    else:
                        while await reader.read(4096):
                            pass
                        self.held.append(time.monotonic() - begun)
                finally:
                    self.open -= 1
                    writer.transport.abort()
            await asyncio.sleep(0.2)


async def ask(port: int, path: str) -> tuple[float, bytes]:
    """How long a page took, and its first line; nothing when none came in time."""
    begun = time.monotonic()
    said = b""
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            writer.write(request.encode())
            whole = await reader.read(-1)
            said = whole.split(b"\r\n", 1)[0]
            writer.close()
    return time.monotonic() - begun, said


async def others(port: int, name: str, house: House, *, count: int = OTHERS) -> float:
    """Open pages and print how long they took; gives the 95th percentile."""
    waiting = [PATHS[n % len(PATHS)] for n in range(count)]
    times: list[float] = []
    failed = 0

    async def one() -> None:
        nonlocal failed
        while waiting:
            took, said = await ask(port, waiting.pop())
            times.append(took)
            # /healthz may be red (503) and has answered all the same.
            failed += not re.match(rb"HTTP/1.1 (200|503)", said)
            if not said and failed >= SIDE_BY_SIDE * 2:  # it is shut; that is enough
                waiting.clear()

    before, begun = processor(house), time.monotonic()
    await asyncio.gather(*(one() for _ in range(SIDE_BY_SIDE)))
    seconds, spent = time.monotonic() - begun, processor(house) - before
    rank = statistics.quantiles(times, n=20)
    print(
        f"{name:<22} others: half within {statistics.median(times) * 1000:.0f} ms, "
        f"95 % within {rank[18] * 1000:.0f} ms, "
        f"{failed} of {len(times)} without a page, {len(times) / seconds:.0f} a second, "
        f"{spent / len(times) * 1000:.1f} ms of processor each; {weight(house)}",
        flush=True,
    )
    return rank[18]


def family(house: House) -> list[psutil.Process]:
    """The web process and its workers."""
    web = house.child("web")
    return [web, *web.children()] if web else []


def processor(house: House) -> float:
    """Seconds of processor that they have used so far."""
    return sum(sum(one.cpu_times()[:2]) for one in family(house))


def weight(house: House) -> str:
    """What they hold."""
    memory = sum(one.memory_info().rss for one in family(house))
    return f"{memory >> 20} MB, {sum(one.num_fds() for one in family(house))} descriptors"


async def beginnings(port: int) -> dict[str, bytes]:
    """What each kind sends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /ask/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    page = (await reader.read(-1)).decode(errors="replace")
    writer.close()
    token = re.search(r"csrftoken=(\w+)", page)
    if not token:
        raise SystemExit("no token in the form")
    form = (
        f"POST /ask/ HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: csrftoken={token[1]}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n"
        f"csrfmiddlewaretoken={token[1]}&text="
    )
    return {
        "half a head": b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ",
        "half a form": form.encode(),
        "an answer not read": b"GET /static/long.bin HTTP/1.1\r\nHost: localhost\r\n\r\n",
    }


async def patient(port: int, form: bytes) -> None:
    """Somebody slow: 5 MB at 20 kB a second, both ways."""
    token = re.search(rb"csrftoken=(\w+)", form)
    assert token
    picture = os.urandom(5 * 1000 * 1000)
    part = b'--edge\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n'
    body = (
        part % (b"csrfmiddlewaretoken", b"")
        + token[1]
        + b"\r\n"
        + part % (b"pictures", b'; filename="a.jpg"\r\nContent-Type: image/jpeg')
        + picture
        + b"\r\n--edge--\r\n"
    )
    head = (
        f"POST /ask/ HTTP/1.1\r\nHost: localhost:{port}\r\n"
        f"Cookie: csrftoken={token[1].decode()}\r\n"
        "Content-Type: multipart/form-data; boundary=edge\r\nConnection: close\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )

    async def sends() -> str:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head.encode())
        for start in range(0, len(body), 10_000):
            writer.write(body[start : start + 10_000])
            await writer.drain()
            await asyncio.sleep(0.5)
        return (await reader.readline()).decode().strip()

    async def reads() -> str:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=8192)
        writer.write(
            b"GET /static/long.bin HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        count = 0
        while count < 5_000_000 and (piece := await reader.read(10_000)):
            count += len(piece)
            await asyncio.sleep(0.5)
        return f"{count} bytes"

    begun = time.monotonic()
    for name, task in [
        ("sends", asyncio.create_task(sends())),
        ("reads", asyncio.create_task(reads())),
    ]:
        with suppress(OSError):
            print(
                f"slow, but patient: {name} 5 MB at 20 kB/s: {await task}, "
                f"{time.monotonic() - begun:.0f} s",
                flush=True,
            )


async def measure(house: House, each: int, held: float, slow: bool) -> None:
    port = house.port
    begin = await beginnings(port)
    await others(port, "warm", house, count=40)
    await others(port, "nobody stalls", house)
    for name, sent in begin.items():
        async with Stalled(port, each, sent) as crowd:
            await others(port, f"{crowd.open} × {name}", house)
            await asyncio.sleep(held)
            print(f"{'':<22} {_span(crowd.held)}{weight(house)}", flush=True)
    crowds = [Stalled(port, each, sent) for sent in begin.values()]
    for crowd in crowds:
        await crowd.__aenter__()
    await others(port, f"{sum(c.open for c in crowds)} × all kinds", house)
    for crowd in crowds:
        await crowd.__aexit__()
    await asyncio.sleep(1)
    await others(port, "they are gone", house)
    if slow:
        await patient(port, begin["half a form"])


def _span(held: list[float]) -> str:
    """For how long, as far as it has come."""
    return f"each held for {min(held):.0f} to {max(held):.0f} s; " if held else ""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--each", type=int, default=200)
    parser.add_argument("--held", type=float, default=0.0)
    parser.add_argument("--patient", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="youthvoice-bench-") as folder:
        data = Path(folder) / "data"
        with House(data, "--no-demo") as house:
            house.stop()
        (data / "static" / "long.bin").write_bytes(os.urandom(LONG))
        with House(data, "--no-demo") as house:
            asyncio.run(measure(house, given.each, given.held, given.patient))
            began = time.monotonic()
            print(f"stop: status {house.stop()}, {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main()
