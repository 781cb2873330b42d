"""Routing, measured: `.venv/bin/python bench/routing.py [FILE.jsonl] [ROWS]`.

Prints how long training takes and how large the model is, and how long one suggestion for a
text of 2,000 signs takes, of three models as a page asks them, beside the same written plainly.
Given a file of labelled questions (or ours, invented), its rows are repeated until there are
ROWS (2,000) of them.
"""

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")

if TYPE_CHECKING:
    from youthvoice.routing.features import Asked


def _took(work: "Callable[[Asked], object]", asked: "Asked") -> tuple[float, float]:
    """Milliseconds by the clock on the wall, and of the processor."""
    begun, worked = time.perf_counter(), time.process_time()
    work(asked)
    return 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - worked)


def _processor(took: list[tuple[float, float]]) -> float:
    return statistics.median(cpu for _, cpu in took)


def main() -> None:
    import django

    django.setup()
    from youthvoice.routing.choices import Target
    from youthvoice.routing.features import Asked
    from youthvoice.routing.linear import Linear
    from youthvoice.routing.reading import read
    from youthvoice.routing.tests.letters import letters
    from youthvoice.routing.tests.plainly import guess
    from youthvoice.routing.training import Row, train

    given = sys.argv[1:]
    rows = read(Path(given[0])) if given else letters()
    most = int(given[1]) if len(given) > 1 else 2000
    many = [
        Row(Asked(row.asked.title, f"{row.asked.text}{n}"), row.code)
        for n in range(1 + most // len(rows))
        for row in rows
    ][:most]
    for some in (rows, many):
        begun, worked = time.perf_counter(), time.process_time()
        model = train(Target.GROUP, some)
        took, work = time.perf_counter() - begun, time.process_time() - worked
        packed = model.pack()
        print(
            f"rows {len(some)}, labels {len(model.codes)}: training {took:.1f} s "
            f"(processor {work:.1f} s), features {len(model.weights)}, "
            f"packed {len(packed) / 1024:.0f} KiB"
        )
    begun = time.perf_counter()
    model = Linear.unpack(packed)
    print(f"unpacking, once a process and night: {1000 * (time.perf_counter() - begun):.0f} ms")
    text = "".join(row.asked.text for row in rows)
    # Three of them, each with what it keeps at hand, as a process that has met them all.
    models = [replace(model, target=target) for target in Target]
    quick, plain = [], []
    for start in range(100):
        asked = Asked(text[start : start + 30], text[50 * start :][:2000])
        quick.append(_took(lambda asked: [model.guess(asked) for model in models], asked))
        plain.append(_took(lambda asked: [guess(model, asked) for model in models], asked))
    for name, took in (("as written plainly", plain), ("as the house does it", quick)):
        walls = sorted(wall for wall, _ in took)
        print(
            f"one suggestion, three models, 2,000 signs, {name}: "
            f"median {statistics.median(walls):.1f} ms, 95th of 100 {walls[94]:.1f} ms, "
            f"processor {_processor(took):.1f} ms"
        )
    print(f"processor, one to the other: {_processor(quick) / _processor(plain):.2f}")
    print(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
