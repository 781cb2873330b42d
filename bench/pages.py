"""Pages for a crowd, beside nginx: `.venv/bin/python bench/pages.py [--seconds N] [--rounds N]`.

A house with 4,000 questions behind 64 connections of wrk, and in the same minutes, round about,
an nginx that serves files of the same bytes, packed as ours are. Each kind of visit prints the
median of the rounds' ratios, the times of both, and the generator's own limit (an nginx that
answers with nothing):

  uncached    each question for the first time since the house started
  hot         one question page, while an answer a second arrives on it
  fragments   the same, each visitor with the two personal fragments that its scripts fetch, while
              1 % of all questions are edited by their askers or hidden by another process; each is
              looked at two seconds later, and must tell it
  spread      all questions by Zipf's law, while five answers a second arrive on them, once most
              pages have been drawn; how long that took is told
  signed in   the hot page and its fragments by 300 people with a session, once they are on; how
              long that took is told; against nginx's page alone

`--house FOLDER` takes a copy of a house that `bench/rig/furnish.py` has made; `--json FILE` keeps
what was found. Exit status 1 when a bar is missed.
"""

import argparse
import statistics
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.rig import machine, table
from bench.rig.crowd import Crowd, Visitor, fetch
from bench.rig.house import BenchHouse, folder, serving, set_up_beside
from bench.rig.meanwhile import Changes, Meanwhile
from bench.rig.nginx import Nginx
from bench.rig.wrk import Ran, Wrk, zipf

KINDS = ("uncached", "hot", "fragments", "spread", "signed in")
#: Of so many pages nginx has files, when all are read.
SAMPLE = 60
#: A crowd of 4,000 questions is measured once it is on.
WARMING_SECONDS, WARMING_MOST = 10, 12
#: What htmx says when it fetches a part of a page.
PART = {"HX-Request": "true", "Accept": "*/*"}
Step = tuple[Visitor, str, dict[str, str]]


@dataclass
class Rounds:
    """What the rounds gave, each with nginx's in the same minute."""

    ours: list[Ran]
    theirs: list[Ran]
    nothing: list[Ran]
    #: Requests of a visit: all of them together are one.
    each: int = 1

    @property
    def ratio(self) -> float:
        return statistics.median(
            a.rate / b.rate for a, b in zip(self.ours, self.theirs, strict=True)
        )

    @property
    def slower(self) -> float:
        """The 99th percentile as a multiple of nginx's."""
        return statistics.median(a.p99 / b.p99 for a, b in zip(self.ours, self.theirs, strict=True))

    @property
    def broken(self) -> int:
        return sum(ran.broken + ran.refused for ran in self.ours)

    @property
    def told(self) -> str:
        words = f"{_rate(self.ours)}/s"
        if self.each > 1:
            words += f" ({_rate(self.ours) / self.each:.0f} visits)"
        words += f", p50 {_median(self.ours, 'p50'):.1f} p99 {_median(self.ours, 'p99'):.1f} ms"
        words += f"; nginx {_rate(self.theirs)}/s p99 {_median(self.theirs, 'p99'):.1f} ms"
        words += f"; generator {_rate(self.nothing)}/s"
        return words + (f"; {self.broken} FAILED" if self.broken else "")

    def figures(self) -> dict[str, Any]:
        found = {name: [asdict(ran) for ran in getattr(self, name)] for name in _LEGS}
        return {**found, "ratio": self.ratio, "p99_ratio": self.slower, "each": self.each}


_LEGS = ("ours", "theirs", "nothing")


def _median(ran: list[Ran], name: str) -> float:
    return statistics.median(getattr(one, name) for one in ran)


def _rate(ran: list[Ran]) -> int:
    return round(_median(ran, "rate"))


class Pages:
    def __init__(
        self, house: BenchHouse, nginx: Nginx, wrk: Wrk, told: dict[str, Any], given: Any
    ) -> None:
        self.port, self.nginx, self.wrk, self.given = house.port, nginx, wrk, given
        self.crowd, self.told = Crowd(told), told
        self.hot = f"/q/{told['hot']}/"
        self.parts = ["/me/bar/", f"/me/q/{told['hot']}/"]
        self.readers = self.crowd.readers()
        self.pages = Changes(house.port, self.crowd)

    def run(self, kind: str) -> table.Row:
        return {
            "uncached": self._uncached,
            "hot": self._hot,
            "fragments": self._fragments,
            "spread": self._spread,
            "signed in": self._signed_in,
        }[kind]()

    def _uncached(self) -> table.Row:
        questions = list(self.told["questions"])
        self.crowd.dice.shuffle(questions)
        first, *rest = questions
        visits = [
            (self.readers[n % len(self.readers)], f"/q/{pk}/", {}) for n, pk in enumerate(rest)
        ]
        # Each only once, so that every round has questions of its own.
        share = len(visits) // self.given.rounds
        parts = [visits[n * share : (n + 1) * share] for n in range(self.given.rounds)]
        alike = [(visitor, f"/q/{first}/", {}) for visitor in self.readers]
        found = self._rounds(parts, [alike] * len(parts))
        return _row("page, never drawn before", found)

    def _hot(self) -> table.Row:
        steps: list[Step] = [(visitor, self.hot, {}) for visitor in self.readers]
        with Meanwhile(lambda n: self.pages.answer(n, self.told["hot"]), 1.0):
            found = self._rounds(steps)
        row = _row("hot page, an answer a second", found, ratio=0.5, slower=3)
        return self._and_stale(row)

    def _fragments(self) -> table.Row:
        steps = list(self._visits(self.readers))
        rate = 0.013 * len(self.told["questions"]) / self._seconds
        with Meanwhile(self.pages.change, rate):
            found = self._rounds(steps, each=3)
        row = _row("hot page and fragments, 1 % changing", found, ratio=0.5)
        return self._and_stale(row)

    def _spread(self) -> table.Row:
        questions, dice = list(self.told["questions"]), self.crowd.dice
        dice.shuffle(questions)
        count = 20_000
        steps = [
            (dice.choice(self.readers), f"/q/{questions[place]}/", {})
            for place in zipf(len(questions), count, dice)
        ]
        chosen = zipf(len(questions), 2000, dice)
        warmed = self._warm(steps)
        with Meanwhile(lambda n: self.pages.answer(n, questions[chosen[n % len(chosen)]]), 5.0):
            found = self._rounds(steps)
        row = _row("4,000 questions by Zipf, 5 answers/s", found, ratio=0.3)
        row.found += f"; {warmed}"
        return self._and_stale(row)

    def _warm(self, steps: list[Step]) -> str:
        """Until the crowd is on: most pages have been drawn once in each process. A run goes on
        while it gives a tenth more than the one before."""
        written, rates = self._write(steps, "house"), [0.0]
        while len(rates) < 3 or rates[-1] > 1.1 * rates[-2]:
            if len(rates) > WARMING_MOST:
                break
            rates.append(self.wrk.run(self.port, written, seconds=WARMING_SECONDS).rate)
        return f"warmed {WARMING_SECONDS * (len(rates) - 1)} s, from {rates[1]:.0f}/s on"

    def _signed_in(self) -> table.Row:
        people = self.crowd.people()[1:301]
        steps = list(self._visits(people))
        warmed = self._warm(steps)
        alike = [(visitor, self.hot, {}) for visitor in self.readers]
        found = self._rounds(steps, [alike] * self.given.rounds, each=3)
        ratio = found.ratio / found.each
        row = _row("signed in, page and fragments", found)
        row.found = f"{ratio:.4f} of nginx's page in visits; {found.told}; {warmed}"
        row.bar, row.holds = "≥ 0.0055 (4 × NodeBB)", ratio >= 0.0055
        row.figures["visits_ratio"] = ratio
        return row

    def _visits(self, visitors: list[Visitor]) -> Iterator[Step]:
        """The page, and what its scripts fetch then."""
        here = f"http://localhost:{self.port}{self.hot}"
        for visitor in visitors:
            yield visitor, self.hot, {}
            for part, target in zip(self.parts, ("me-bar", "me-question"), strict=True):
                yield visitor, part, {**PART, "HX-Current-URL": here, "HX-Target": target}

    @property
    def _seconds(self) -> float:
        """How long all rounds of one kind take, nginx's turns with them."""
        return float(self.given.rounds * (self.given.seconds + 2 * self.given.beside))

    def _rounds(
        self,
        steps: list[Step] | list[list[Step]],
        theirs: list[list[Step]] | None = None,
        *,
        each: int = 1,
    ) -> Rounds:
        """nginx and we in turn. `steps` for all rounds, or a list for each of them; `theirs` are
        what nginx is asked for, if it is not the same."""
        many = self.given.rounds
        ours = steps if isinstance(steps[0], list) else [steps] * many
        found = Rounds([], [], [], each=each)
        written: dict[int, Path] = {}
        for n in range(many):
            asked: Any = ours[n]
            beside: Any = theirs[n] if theirs else asked
            self._give_files(beside)
            limit, alike, own = (
                written.get(hash((id(given), kind)))
                or written.setdefault(hash((id(given), kind)), self._write(given, kind))
                for given, kind in ((beside, "nothing"), (beside, "files"), (asked, "house"))
            )
            beside_seconds = self.given.beside
            found.nothing.append(self.wrk.run(self.nginx.port, limit, seconds=beside_seconds))
            found.theirs.append(self.wrk.run(self.nginx.port, alike, seconds=beside_seconds))
            found.ours.append(self.wrk.run(self.port, own, seconds=self.given.seconds))
        return found

    def _write(self, steps: list[Step], kind: str) -> Path:
        """The same visitors with the same heads, wherever they ask."""
        port = self.port if kind == "house" else self.nginx.port
        files = self._names(steps)
        where = {"nothing": lambda _path: "/nothing", "files": lambda path: f"/{files[path]}"}
        named = where.get(kind, lambda path: path)
        return self.wrk.write(
            visitor.asks(named(path), host=f"localhost:{port}", **more)
            for visitor, path, more in steps
        )

    def _names(self, steps: list[Step]) -> dict[str, str]:
        """Which file of nginx stands for an address: of many, a sample is taken in turn."""
        paths = list(dict.fromkeys(path for _visitor, path, _more in steps))
        name = "page" if len(paths) <= SAMPLE else "sample"
        return {path: f"{name}{n % SAMPLE}" for n, path in enumerate(paths)}

    def _give_files(self, steps: list[Step]) -> None:
        names = self._names(steps)
        alike = {name: path for path, name in reversed(names.items())}
        visitors = {path: visitor for visitor, path, _more in steps}
        if (self.nginx.folder / "www" / "sample0").exists() and "sample0" in alike:
            return  # all together stay what they are, whatever arrives on some
        for name, path in alike.items():
            page = fetch(self.port, visitors[path], path)
            self.nginx.put(name, page.plain, page.packed)

    def _and_stale(self, row: table.Row) -> table.Row:
        """What changed meanwhile, and whether every page told it in time."""
        seen, self.pages.seen = self.pages.seen, type(self.pages.seen)()
        times = seen.milliseconds or [0.0]
        row.found += f"; {seen.done} changes ({max(times):.0f} ms the worst): {seen.told}"
        row.bar += ", 0 stale" if row.bar else "0 stale"
        own = seen.stale + seen.stale_to_writer
        if seen.stale_to_writer:
            row.found += f", {seen.stale_to_writer} to their writer at once"
        row.holds = row.holds is not False and own == 0 and seen.done > 0
        row.figures["changes"] = asdict(seen)
        return row


def _row(what: str, found: Rounds, *, ratio: float = 0, slower: float = 0) -> table.Row:
    bars, holds = [], []
    if ratio:
        bars.append(f"≥ {ratio} of nginx")
        holds.append(found.ratio >= ratio)
    if slower:
        bars.append(f"p99 ≤ {slower} ×")
        holds.append(found.slower <= slower)
    words = f"{found.ratio:.4f} of nginx, p99 {found.slower:.1f} ×; {found.told}"
    standing = all(holds) and not found.broken if holds else None
    return table.Row(what, words, ", ".join(bars), standing, found.figures())


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
    rows = []
    with folder() as where, serving(where, ready_made=given.house) as (house, told):
        set_up_beside(house.data)
        (where / "wrk").mkdir()
        with Nginx(where / "nginx") as nginx:
            pages = Pages(house, nginx, Wrk(where / "wrk"), told, given)
            for kind in given.only or KINDS:
                rows.append(pages.run(kind))
                print(table.show(rows[-1:]).splitlines()[-1], flush=True)
    table.save(given.json, rows)
    return int(any(row.holds is False for row in rows))


if __name__ == "__main__":
    sys.exit(main())
