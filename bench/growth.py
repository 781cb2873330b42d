"""What pages, acts and steps of the clock cost as a house grows: `python bench/growth.py`.

Makes a house of each of `--sizes` (default 4000,100000,1000000; bench/loading.py), measures each
in a process of its own, and prints a table: queries and milliseconds of processor time (of the
process, and of PostgreSQL's own process beside it; the median of several tries at different
questions) and, last, the ratio of the largest house to the smallest. The bar is 1.3 for pages and
acts; steps are bounded by what is due, of which each house has the same. Of PostgreSQL's process
Linux alone tells the time, and only on the same machine; elsewhere time by the clock is taken.

`--database postgresql://…/NAME` makes databases NAME_SIZE there (scripts/postgres.py); without it
houses are files in `--keep` (a temporary folder). A house that is there already is measured as it
is. `--open N` says how many questions wait in the largest. `--only WORD` measures what has the
word in its name. `--json FILE` writes all of it. `first byte` is what a second start of the web
process alone takes to its first page.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
BAR = 1.3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="4000,100000,1000000")
    parser.add_argument("--database", default="")
    parser.add_argument("--keep", default="")
    parser.add_argument("--open", type=int, default=None)
    parser.add_argument("--messages", default=os.environ.get("YOUTHVOICE_MESSAGES", ""))
    parser.add_argument("--only", default="")
    parser.add_argument("--json", default="")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        from bench.measuring import Measure

        print(json.dumps(Measure(given.only).all()))
        return 0
    sizes = [int(size) for size in given.sizes.split(",")]
    keep = Path(given.keep or tempfile.mkdtemp(prefix="youthvoice-growth-"))
    found: dict[int, dict[str, Any]] = {}
    for size in sizes:
        found[size] = _of_house(given, size, keep, is_largest=size == max(sizes))
    _print(found, given.database)
    if given.json:
        Path(given.json).write_text(json.dumps(found, indent=1), encoding="utf-8")
    return 0


def _of_house(given: Any, size: int, keep: Path, *, is_largest: bool) -> dict[str, Any]:
    data = keep / str(size)
    is_new = not (data / "made").exists()
    data.mkdir(parents=True, exist_ok=True)
    environ = os.environ | {
        "YOUTHVOICE_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(ROOT),
    }
    if given.database:
        environ["DATABASE_URL"] = f"{given.database}_{size}"
        make = [sys.executable, "scripts/postgres.py", "make", environ["DATABASE_URL"]]
        subprocess.run(make, cwd=ROOT, check=True)
    if is_new:
        load = [sys.executable, "bench/loading.py", str(size), "--messages", given.messages]
        if is_largest and given.open is not None:
            load += ["--open", str(given.open)]
        subprocess.run(load, cwd=ROOT, env=environ, check=True, stdout=sys.stderr)
        (data / "made").touch()
    words = [sys.executable, __file__, "--measure", "--only", given.only]
    done = subprocess.run(words, cwd=ROOT, env=environ, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if not given.only:
        begun = time.monotonic()
        first = "import bench.growth as g; g.first_page()"
        subprocess.run([sys.executable, "-c", first], cwd=ROOT, env=environ, check=True)
        took = (time.monotonic() - begun) * 1000
        found["first byte"] = {
            "kind": "start",
            "queries": 0,
            "ms": took,
            "database": 0,
            "wall": took,
        }
    return found


def _print(found: dict[int, dict[str, Any]], database: str) -> None:
    sizes = sorted(found)
    least, most = sizes[0], sizes[-1]
    print(f"{platform.machine()}, {os.cpu_count()} cores, {'PostgreSQL' if database else 'SQLite'}")
    head = "".join(f"{size:>11,} ms   SQL   q" for size in sizes)
    print(f"{'what':<34}{head}{'ratio':>9}")
    for name, one in found[most].items():
        line, low = "", found[least].get(name)
        for size in sizes:
            here = found[size].get(name)
            told = "ms", "database", "queries"
            line += "{:>14.2f}{:>7.2f}{:>3}".format(*(here[t] for t in told)) if here else " " * 24
        ratio = one["ms"] / max(low["ms"], 0.01) if low else float("nan")
        sign = " *" if ratio > BAR and one["kind"] != "start" else ""
        print(f"{name:<34}{line}{ratio:>9.2f}{sign}")


def first_page() -> None:
    """As a web process begins: all is loaded, and the home page is drawn."""
    import django

    django.setup()
    from django.test import Client

    from config import wsgi  # noqa: F401 - loads what the web process loads

    assert Client(HTTP_HOST="localhost").get("/").status_code == 200


if __name__ == "__main__":
    sys.exit(main())
