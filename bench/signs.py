"""The signs of danger, measured: `.venv/bin/python bench/signs.py [FILE.jsonl]`.

Prints recall and precision on our own sentences, and, given a file of messages (JSON lines
with title and body), how many of them would be withheld, and how long looking took.
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))


def main() -> None:
    from youthvoice.safety import signs
    from youthvoice.safety.tests.measuring import measure, read

    for part in ("dev", "test"):
        found = measure(read(ROOT / f"youthvoice/safety/tests/signs/{part}.txt"))
        print(
            f"{part}: danger {found.danger}, harmless {found.harmless}, "
            f"recall {found.recall:.3f}, precision {found.precision:.3f}"
        )
    for name in sys.argv[1:]:
        rows = [json.loads(line) for line in Path(name).read_text(encoding="utf-8").splitlines()]
        took, with_signs, codes = [], 0, Counter[str]()
        for row in rows:
            begun = time.perf_counter()
            seen = signs.find(f"{row['title']}\n{row['body']}")
            took.append(time.perf_counter() - begun)
            with_signs += bool(seen)
            codes.update(sign.code for sign in seen)
        share = with_signs / len(rows)
        print(f"messages {len(rows)}, withheld {with_signs} ({share:.2%}), ", end="")
        print(f"mean {sum(took) / len(took) * 1000:.1f} ms, longest {max(took) * 1000:.0f} ms")
        print(codes.most_common())


if __name__ == "__main__":
    main()
