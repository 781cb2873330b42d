"""Routing, measured: `.venv/bin/python bench/routing.py [FILE.jsonl] [ROWS]`.

Prints how long training takes and how large the model is, and how long one suggestion for a
text of 2,000 signs takes, of three models as a page asks them. Given a file of labelled
questions (or ours, invented), its rows are repeated until there are ROWS (2,000) of them.
"""

import os
import resource
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")


def main() -> None:
    import django

    django.setup()
    from youthvoice.routing.choices import Target
    from youthvoice.routing.features import Asked
    from youthvoice.routing.linear import Linear
    from youthvoice.routing.reading import read
    from youthvoice.routing.tests.letters import letters
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
    took_ms = []
    for start in range(100):
        asked = Asked(text[start : start + 30], text[50 * start :][:2000])
        begun, worked = time.perf_counter(), time.process_time()
        for _ in range(3):
            model.guess(asked)
        took_ms.append(
            (1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - worked))
        )
    walls = sorted(wall for wall, _ in took_ms)
    print(
        f"one suggestion, three models, 2,000 signs: median {statistics.median(walls):.1f} ms, "
        f"95th of 100 {walls[94]:.1f} ms, "
        f"processor {statistics.median(cpu for _, cpu in took_ms):.1f} ms"
    )
    print(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
