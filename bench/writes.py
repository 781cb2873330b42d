"""What writing costs, beside nginx: `.venv/bin/python bench/writes.py [--seconds N] [--rounds N]`.

By 64 connections of wrk that send whole forms, each of somebody else from another network: a named
question, an answer, and a nameless question (told apart: the slow hash of its receipt is the
floor). Prints how many a second were accepted, counted in the database, their times, and the ratio
to an nginx that serves the hot page's bytes in the same rounds.

Then four processes of the house write at a time, 200 a second together, each a comment through
the house's own action: how long each waited for its turn and for the whole. And the same without
pause, as fast as they can.

`--house FOLDER`, `--json FILE` and the exit status are those of bench/pages.py.
"""

import argparse
import json
import secrets
import statistics
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.rig import machine, table
from bench.rig.crowd import Crowd, Visitor, fetch
from bench.rig.furnish import ROOT
from bench.rig.house import BenchHouse, folder, serving, set_up_beside
from bench.rig.nginx import Nginx
from bench.rig.wrk import Ran, Wrk

#: What NodeBB reached of nginx on the same machine in the same run, three times; DESIGN.md.
BARS = {"named question": 0.0038, "answer": 0.0060}
#: Milliseconds: the 99th percentile, and the longest of all with four processes.
P99, WORST = 50, 250
PROCESSES, TOGETHER = 4, 200
#: More forms than are sent in a round.
FORMS_A_SECOND = 600


class Writes:
    def __init__(
        self, house: BenchHouse, nginx: Nginx, wrk: Wrk, told: dict[str, Any], given: Any
    ) -> None:
        self.port, self.nginx, self.wrk, self.given = house.port, nginx, wrk, given
        self.crowd, self.told = Crowd(told), told
        self.people = self.crowd.people()[:-1]
        self.sent = 0

    def run(self, what: str) -> table.Row:
        write = {
            "named question": self._question,
            "nameless question": self._nameless,
            "answer": self._answer,
        }[what]
        hot, readers = f"/q/{self.told['hot']}/", self.crowd.readers()[:200]
        page = fetch(self.port, readers[0], hot)
        self.nginx.put("page", page.plain, page.packed)
        host = f"localhost:{self.nginx.port}"
        alike = self.wrk.write(reader.asks("/page", host=host) for reader in readers)
        theirs, ours, rates = [], [], []
        for _ in range(self.given.rounds):
            count = FORMS_A_SECOND * self.given.seconds
            forms = self.wrk.write(write(n) for n in range(self.sent, self.sent + count))
            self.sent += count
            theirs.append(self.wrk.run(self.nginx.port, alike, seconds=self.given.beside))
            before = self._accepted(what)
            ours.append(self.wrk.run(self.port, forms, seconds=self.given.seconds))
            rates.append((self._accepted(what) - before) / ours[-1].seconds)
        return self._row(what, theirs, ours, rates)

    def _row(self, what: str, theirs: list[Ran], ours: list[Ran], rates: list[float]) -> table.Row:
        ratio = statistics.median(a / b.rate for a, b in zip(rates, theirs, strict=True))
        p50, p99, worst = (
            statistics.median(getattr(one, name) for one in ours)
            for name in ("p50", "p99", "worst")
        )
        refused = sum(one.refused + one.broken for one in ours)
        found = f"{ratio:.4f} of nginx; {statistics.median(rates):.0f}/s"
        found += f", p50 {p50:.0f} p99 {p99:.0f} worst {worst:.0f} ms"
        found += f"; nginx {statistics.median(one.rate for one in theirs):.0f}/s"
        found += f"; {refused} REFUSED" if refused else ""
        bar, holds = "", None
        if what in BARS:
            bar = f"≥ {BARS[what]} (3 × NodeBB), p99 ≤ {P99} ms"
            holds = ratio >= BARS[what] and p99 <= P99 and not refused
        figures = {"ours": [*map(asdict, ours)], "theirs": [*map(asdict, theirs)], "rates": rates}
        return table.Row(what, found, bar, holds, {**figures, "ratio": ratio})

    def _question(self, n: int) -> bytes:
        return self._asked(self.people[n % len(self.people)], n, "named")

    def _nameless(self, n: int) -> bytes:
        return self._asked(self.crowd.stranger(n), n, "nameless")

    def _asked(self, who: Visitor, n: int, name_choice: str) -> bytes:
        form = {
            "kind": "help",
            "field": ("work", "life", "study")[n % 3],
            "title": f"试用期工资怎么算，第 {n} 次问",
            "text": "入职第二个月，工资还没有发，想问清楚该找谁。" * 8,
            "region": ("410100", "410122", "410200")[n % 3],
            "name_choice": name_choice,
            "key": secrets.token_hex(16),
        }
        return who.asks("/ask/", host=f"localhost:{self.port}", form=form)

    def _answer(self, n: int) -> bytes:
        questions = self.told["questions"]
        form = {"text": f"先去劳动监察问一问，带上合同和打卡记录。{secrets.token_hex(4)} " * 4}
        path = f"/q/{questions[n * 7 % len(questions)]}/answer/"
        who = self.people[n % len(self.people)]
        return who.asks(path, host=f"localhost:{self.port}", form=form)

    def _accepted(self, what: str) -> int:
        from youthvoice.questions.models import Answer, Question

        return (Answer if what == "answer" else Question).objects.count()


def together(data: Path, told: dict[str, Any], *, seconds: float, rate: float) -> dict[str, Any]:
    """Four processes that write side by side; times in milliseconds."""
    words = [sys.executable, "-m", "bench.rig.writer", str(data), str(seconds), str(rate)]
    writers = [
        subprocess.Popen(
            [*words, str(n), *map(str, told["questions"][n::PROCESSES][:500])],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for n in range(PROCESSES)
    ]  # fmt: skip
    for one in writers:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in writers:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    found = [json.loads(one.communicate()[0]) for one in writers]
    waits = sorted(wait for one in found for wait in one["waits"])
    times = sorted(took for one in found for took in one["times"])
    return {
        "rate": len(times) / seconds,
        "worked": 1000 * sum(one["worked"] for one in found) / len(times),
        "each": [len(one["times"]) for one in found],
        "wait_worst": waits[-1],
        "wait_p99": waits[len(waits) * 99 // 100],
        "p50": times[len(times) // 2],
        "p99": times[len(times) * 99 // 100],
        "worst": times[-1],
    }


def _together_row(name: str, found: dict[str, Any], *, has_bar: bool) -> table.Row:
    words = (
        f"{found['rate']:.0f}/s; turn waited for: p99 {found['wait_p99']:.0f}, longest "
        f"{found['wait_worst']:.0f} ms; whole: p50 {found['p50']:.0f} p99 {found['p99']:.0f} "
        f"longest {found['worst']:.0f} ms, "
        f"{found['worked']:.0f} ms of processor each; of each process {found['each']}"
    )
    if not has_bar:
        return table.Row(name, words, figures=found)
    return table.Row(name, words, f"none waits > {WORST} ms", found["wait_worst"] <= WORST, found)


KINDS = ("named question", "answer", "nameless question", "together")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=int, default=5, help="of each round")
    parser.add_argument("--beside", type=int, default=2, help="seconds of nginx's turns")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", action="append", choices=KINDS)
    parser.add_argument("--house", default="", help="a furnished folder to copy")
    parser.add_argument("--json")
    given = parser.parse_args()
    machine.get_programs()
    rows: list[table.Row] = []

    def found(row: table.Row) -> None:
        rows.append(row)
        print(table.show([row]).splitlines()[-1], flush=True)

    kinds = given.only or KINDS
    with folder() as where, serving(where, ready_made=given.house) as (house, told):
        set_up_beside(house.data)
        (where / "wrk").mkdir()
        with Nginx(where / "nginx") as nginx:
            writes = Writes(house, nginx, Wrk(where / "wrk"), told, given)
            for kind in kinds:
                if kind != "together":
                    found(writes.run(kind))
        if "together" in kinds:
            seconds = 2.0 * given.seconds
            paced = together(house.data, told, seconds=seconds, rate=TOGETHER / PROCESSES)
            found(_together_row(f"4 processes, {TOGETHER}/s together", paced, has_bar=True))
            rushed = together(house.data, told, seconds=seconds, rate=0)
            found(_together_row("4 processes, without pause", rushed, has_bar=True))
    table.save(given.json, rows)
    return int(any(row.holds is False for row in rows))


if __name__ == "__main__":
    sys.exit(main())
