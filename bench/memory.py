"""What the house holds in memory: `.venv/bin/python bench/memory.py [--minutes N]`.

The sum of what all its processes hold (PSS: what several share counts once), at rest after a start
and while somebody walks all pages: of 4,000 questions each in turn, each list with its filters,
every organisation and form, with and without a session, for three minutes, or as long as is said.
Now and then somebody asks without a name, signs in with a wrong password, or wants an account: what
hashes slowly takes memory by the megabyte. Prints it all as it grows, process by process.

`--house FOLDER`, `--json FILE` and the exit status are those of bench/pages.py.
"""

import argparse
import secrets
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import psutil

from bench.rig import table
from bench.rig.crowd import Crowd, Visitor, fetch
from bench.rig.house import BenchHouse, folder, serving

AT_REST, WALKED = 300, 450
#: Somebody walks, and a few others meanwhile: as many as there are threads.
SIDE_BY_SIDE = 4
#: Seconds between two looks.
LOOK = 10
LISTS = (
    "/", "/?show=hot", "/?show=waiting", "/?show=solved", "/pulse/", "/about/", "/rules/",
    "/privacy/", "/orgs/", "/rates/", "/ledger/", "/topics/", "/promises/", "/ask/", "/receipt/",
    "/accounts/login/", "/accounts/signup/", "/robots.txt",
)  # fmt: skip
FIELDS = ("work", "life", "study", "startup", "social")


def held(house: BenchHouse) -> dict[str, float]:
    """MB of each process, by what it is."""
    found: dict[str, float] = {}
    for process in house.everybody():
        with suppress(psutil.NoSuchProcess):
            words = process.cmdline()
            name = words[-1].rpartition(".")[2] if words else process.name()
            name = name if name in ("web", "worker") else "supervisor"
            pss = process.memory_full_info().pss / 2**20
            found[f"{name} {process.pid}"] = pss
    return found


def told(found: dict[str, float]) -> str:
    each = " + ".join(f"{name.split()[0]} {size:.0f}" for name, size in found.items())
    return f"{sum(found.values()):.0f} MB ({each})"


Step = tuple[Visitor, str, dict[str, str] | None]


def steps(given: dict[str, Any], crowd: Crowd) -> Iterator[Step]:
    """Pages, and every so often a form."""
    for n, (visitor, path) in enumerate(pages(given, crowd), 1):
        yield visitor, path, None
        if n % 20 == 0:
            yield crowd.stranger(n), "/ask/", _question(n)
        if n % 50 == 0:
            login = {"login": f"bench{n % 1000}", "password": secrets.token_hex(6)}
            yield crowd.stranger(n), "/accounts/login/", login
        if n % 90 == 0:
            words = {"username": f"newcomer{n}", "password1": "kaifeng-baozi-7", "email": ""}
            yield crowd.stranger(n), "/accounts/signup/", {**words, "age_band": "18"}


def _question(n: int) -> dict[str, str]:
    return {
        "kind": "help", "field": FIELDS[n % 5], "region": "410100", "name_choice": "nameless",
        "title": f"试用期工资怎么算，第 {n} 次问", "key": secrets.token_hex(16),
        "text": f"入职第二个月，工资还没有发，想问清楚该找谁。{n} " * 20,
    }  # fmt: skip


def pages(given: dict[str, Any], crowd: Crowd) -> Iterator[tuple[Visitor, str]]:
    """All addresses round and round, each by somebody else."""
    readers, people = crowd.readers(), crowd.people()
    lists = [*LISTS, *(f"/?field={field}&show={s}" for field in FIELDS for s in ("new", "hot"))]
    n = 0
    while True:
        for pk in given["questions"]:
            n += 1
            reader, person = readers[n % len(readers)], people[n % len(people)]
            yield reader, f"/q/{pk}/"
            yield reader, f"/me/q/{pk}/"
            yield reader, lists[n % len(lists)]
            if n % 4 == 0:
                yield person, f"/q/{pk}/answer/"
                yield person, f"/me/q/{pk}/"
                yield person, "/me/bar/"
                yield person, ("/mine/", "/ask/", "/accounts/email/")[n // 4 % 3]
            if n % 9 == 0:
                yield reader, f"/?region=41{n % 18 + 1:02}00&show=waiting"
                yield reader, f"/orgs/tuan-41{n % 18 + 1:02}00/"
                yield reader, f"/no-such-page-{n}/?q={n}"


def walk(house: BenchHouse, given: dict[str, Any], seconds: float) -> list[dict[str, float]]:
    """Walk for so long; what was held, every now and then."""
    crowd = Crowd(given)
    coming = steps(given, crowd)
    end, looks, count = time.monotonic() + seconds, [], 0

    def one(step: Step) -> None:
        with suppress(OSError):
            fetch(house.port, *step)

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        due = time.monotonic() + LOOK
        while time.monotonic() < end:
            taken = [next(coming) for _ in range(SIDE_BY_SIDE * 4)]
            list(pool.map(one, taken))
            count += len(taken)
            if time.monotonic() >= due:
                due = time.monotonic() + LOOK
                looks.append(held(house))
                print(f"  after {count} pages: {told(looks[-1])}", flush=True)
    looks.append(held(house))
    print(f"  after {count} pages: {told(looks[-1])}", flush=True)
    return looks


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--rest", type=float, default=15, help="seconds after the start")
    parser.add_argument("--house", default="", help="a furnished folder to copy")
    parser.add_argument("--json")
    given = parser.parse_args()
    with folder() as where, serving(where, ready_made=given.house) as (house, who):
        fetch(house.port, Crowd(who).readers()[0], "/")
        time.sleep(given.rest)
        rest = held(house)
        rows = [_row("at rest", rest, AT_REST, [rest])]
        print(f"  at rest: {told(rest)}", flush=True)
        looks = walk(house, who, 60 * given.minutes)
        most = max(looks, key=lambda look: sum(look.values()))
        name = f"all pages walked, {given.minutes:g} minutes"
        rows.append(_row(name, most, WALKED, looks))
    print(table.show(rows))
    table.save(given.json, rows)
    return int(any(row.holds is False for row in rows))


def _row(name: str, found: dict[str, float], most: int, looks: list[dict[str, float]]) -> table.Row:
    size = sum(found.values())
    return table.Row(name, told(found), f"≤ {most} MB", size <= most, {"mb": size, "looks": looks})


if __name__ == "__main__":
    sys.exit(main())
