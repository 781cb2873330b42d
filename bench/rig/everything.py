"""bench/all: every bench of speed and size, one after another, and one table at the end.

On one furnished house of 4,000 questions, of which each takes a copy: pages and writes beside
nginx, memory, the start; and what is there besides of uncached pages and of growth. Prints each
figure as it comes, then the table with the machine's facts and the bars, and writes JSON
(`--json FILE`, by default bench.json in the current folder). Exit status 1 when a bar is missed
or a bench failed.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.rig import machine, table
from bench.rig.furnish import furnished
from bench.rig.house import folder
from bench.rig.machine import ROOT

#: What each is called with, short and at full length; `house` are those that take a copy of it.
SHORT = {
    "start": ["--json"],
    "memory": ["--minutes", "3", "--house", "--json"],
    "pages": ["--house", "--json"],
    "writes": ["--house", "--json"],
    "uncached": ["--data", "--json"],
    "growth": ["--sizes", "4000,40000", "--json"],
}
LONG = SHORT | {
    "memory": ["--minutes", "60", "--house", "--json"],
    "pages": ["--seconds", "15", "--rounds", "5", "--house", "--json"],
    "writes": ["--seconds", "15", "--rounds", "5", "--house", "--json"],
    "growth": ["--json"],
}
#: What stands for itself in the options is filled in.
HOUSE = ("--house", "--data")
#: Whose figures are rows of our table; the others print one of their own.
ROWS = ("start", "memory", "pages", "writes")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--only", action="append", choices=list(SHORT))
    parser.add_argument("--long", action="store_true", help="an hour and a half, not ten minutes")
    parser.add_argument("--house", default="", help="a furnished folder (bench/rig/furnish.py)")
    parser.add_argument("--json", default="bench.json")
    given = parser.parse_args()
    machine.get_programs()
    facts = machine.facts()
    begun = time.monotonic()
    for name, value in facts.items():
        print(f"{name:<10} {value}")
    rows: list[table.Row] = []
    figures: dict[str, Any] = {}
    said: dict[str, str] = {}
    failed = []
    with folder() as where:
        house = given.house or str(where / "furnished")
        if not given.only or any(word in SHORT[name] for name in given.only for word in HOUSE):
            print(f"== the house in {house}", flush=True)
            furnished(Path(house))
        for name in given.only or SHORT:
            if not (ROOT / "bench" / f"{name}.py").exists():
                continue
            print(f"== {name}", flush=True)
            found = where / f"{name}.json"
            options = (LONG if given.long else SHORT)[name]
            status, said[name] = _run(name, options, house=house, found=found)
            figures[name] = json.loads(found.read_text("utf-8")) if found.exists() else {}
            own = name in ROWS and figures[name].get("rows", [])
            rows += [table.Row(**row) for row in own or []]
            if status and not own:
                failed.append(name)
    print()
    print(table.show(rows))
    for name, value in facts.items():
        print(f"{name:<10} {value}")
    print(f"load at the end {os.getloadavg()[0]:.1f}, {time.monotonic() - begun:.0f} s in all")
    for name in said:
        if name not in ROWS:
            print(f"\n{name}\n{said[name]}")
    if failed:
        print(f"failed or fell short, see above: {', '.join(failed)}")
    table.save(given.json, rows, machine=facts, figures=figures, said=said, failed=failed)
    print(f"written: {given.json}")
    return int(bool(failed) or any(row.holds is False for row in rows))


def _run(name: str, options: list[str], *, house: str, found: Path) -> tuple[int, str]:
    """A bench to its end: its exit status and what it printed, which is shown as it comes."""
    values = {**dict.fromkeys(HOUSE, house), "--json": str(found)}
    words = [sys.executable, str(ROOT / "bench" / f"{name}.py")]
    for option in options:
        words += [option, values[option]] if option in values else [option]
    lines = []
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    return process.returncode, "".join(lines)


if __name__ == "__main__":
    sys.exit(main())
