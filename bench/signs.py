"""The signs of danger, measured: `.venv/bin/python bench/signs.py [FILE.jsonl …]`.

For each part of our own texts, and for each file whose lines have `kind` (s, v, m, or - for
harmless) and `text`: the level (help in the form; sure, which withholds), recall and precision.
A file of messages (`title` and `body`), of which nobody knows which is right: how many get help
and how many are withheld, how long looking took, and with `--list` which those are, to be read.
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from youthvoice.safety import signs  # noqa: E402
from youthvoice.safety.signs import Level  # noqa: E402
from youthvoice.safety.tests.measuring import HERE, by_level  # noqa: E402


def main() -> None:
    for path in [*sorted(HERE.glob("*.jsonl")), *map(Path, sys.argv[1:])]:
        if path.suffix != ".jsonl":
            continue
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
        if "kind" in rows[0]:
            written(path.stem, [(row["kind"], row["text"]) for row in rows])
        else:
            messages(path.stem, rows)


def written(part: str, texts: list[tuple[str, str]]) -> None:
    for level, found in by_level(texts):
        print(
            f"{part}, {level.name.lower()}: danger {found.danger}, harmless {found.harmless}, "
            f"recall {found.recall:.3f}, precision {found.precision:.3f}"
        )


def messages(part: str, rows: list[dict[str, Any]]) -> None:
    took, levels, codes = [], Counter[int](), Counter[str]()
    for row in rows:
        begun = time.perf_counter()
        found = signs.find(f"{row['title']}\n{row['body']}")
        took.append(time.perf_counter() - begun)
        levels[signs.level_of(found)] += 1
        sure = [sign for sign in found if sign.level == Level.SURE]
        codes.update(sign.code for sign in sure)
        if sure and "--list" in sys.argv:
            print(row["id"], sure[0].code, "，".join(sure[0].window), signs.words_of(sure[0]))
    helped = levels[Level.HELP] + levels[Level.SURE]
    print(f"{part}: {len(rows)}, help {helped} ({helped / len(rows):.2%}), ", end="")
    print(f"withheld {levels[Level.SURE]} ({levels[Level.SURE] / len(rows):.2%}), ", end="")
    print(f"mean {sum(took) / len(took) * 1000:.1f} ms, longest {max(took) * 1000:.0f} ms")
    print(codes.most_common())


if __name__ == "__main__":
    main()
