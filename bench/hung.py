"""How long a hung house is away, and whether a busy one is left alone:
`.venv/bin/python bench/hung.py [DATABASE_URL]`.

A click on a pattern without end, which stops the whole web process (the supervisor promises 15
seconds); and ten visitors for each thread who all ask for pages that only compute, for longer
than a hung process is waited for. With the supervisor's real patience, in a house of its own.
"""

import os
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.scripts.hanging import BUSY, HangingHouse
from youthvoice.supervisor.pulse import LOOK, SILENT_MOST


def main(url: str | None) -> None:
    environ = {"DATABASE_URL": url} if url else {}
    processes, threads = (2, 8) if url else (1, 4)
    load = f"load {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores"
    with (
        tempfile.TemporaryDirectory(prefix="youthvoice-bench-") as folder,
        HangingHouse(Path(folder) / "data", "--no-demo", **environ) as house,
    ):
        many = 10 * processes * threads
        rounds = 1 + int(2 * SILENT_MOST * LOOK / (many * BUSY / processes))
        busy(house, many, rounds)
        for _ in range(3):
            hang(house)
        house.stop()
    print(load)


def busy(house: HangingHouse, many: int, rounds: int) -> None:
    waits = []

    def visit(_: int) -> int | None:
        begun = time.monotonic()
        status = house.get("/busy/")
        waits.append(time.monotonic() - begun)
        return status

    begun = time.monotonic()
    with ThreadPoolExecutor(many) as visitors:
        statuses = set(visitors.map(visit, range(many * rounds)))
    print(
        f"busy: {many} at once for {time.monotonic() - begun:.1f} s, answered {statuses}, "
        f"longest wait {max(waits):.1f} s, found hung {house.hung()} times (bar: 0)",
        flush=True,
    )


def hang(house: HangingHouse) -> None:
    web, begun = house.child("web"), time.monotonic()
    visitor = threading.Thread(target=house.get, args=["/hang/"])
    visitor.start()
    house.until(lambda: house.is_back(web), "it answers again")
    print(f"hung: answers again after {time.monotonic() - begun:.1f} s (bar: 15)", flush=True)
    visitor.join()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
