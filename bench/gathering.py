"""Groups of questions that look alike, measured: `.venv/bin/python bench/gathering.py FILE.jsonl`.

Takes messages (JSON lines with title, body, asked_at), all as of one field. Prints how long so
many of the newest take, how many groups come of them, and how many pairs at which likeness.
Nobody has marked which messages are the same, so precision is told by eye: `--pairs N` prints
the titles of N pairs drawn at random, for whoever judges them.
"""

import argparse
import json
import os
import random
import sys
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
NEWEST = (500, 1000, 2000)
SEED = 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--pairs", type=int, default=0)
    given = parser.parse_args()
    from youthvoice.gathering import likeness

    lines = given.file.read_text(encoding="utf-8").splitlines()
    rows = sorted((json.loads(line) for line in lines), key=lambda row: row["asked_at"])
    asked = [
        likeness.Asked(pk, "", datetime.fromisoformat(row["asked_at"]), row["title"], row["body"])
        for pk, row in enumerate(rows)
    ]
    for many in NEWEST:
        begun = time.perf_counter()
        groups = likeness.groups_of(asked[-many:])
        took = time.perf_counter() - begun
        sizes = sorted((len(group.pks) for group in groups), reverse=True)
        print(f"newest {many}: {took:.2f} s, groups {len(groups)}, in them {sum(sizes)}, ", end="")
        print(f"largest {sizes[:3]}")

    found = list(likeness.pairs(asked))
    tenths = Counter(int(score * 10) / 10 for *_pair, score in found)
    print(f"pairs among {len(asked)}: {len(found)}, by likeness {dict(sorted(tenths.items()))}")

    draw = random.Random(SEED)
    for one, other, score in draw.sample(found, min(given.pairs, len(found))):
        print(f"{score:.2f}\t{rows[one]['title']}\t{rows[other]['title']}")


if __name__ == "__main__":
    main()
