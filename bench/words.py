"""The list of words, measured: `.venv/bin/python bench/words.py [FILE.jsonl]`.

Prints how many generated evasions are caught, how long 2,000 characters take, and, given a
file of messages (JSON lines with title and body), in how many of them a word is found.
"""

import json
import os
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
ROUNDS = 50


def main() -> None:
    import django

    django.setup()
    from youthvoice.safety.matching import Matcher
    from youthvoice.safety.shipped import shipped_words
    from youthvoice.safety.tests.evading import SENTENCES, evasions

    words = shipped_words()
    matcher = Matcher(words)
    tried = evasions(list(words), many=3000, seed=7)
    missed = Counter(names for _word, names, text in tried if not matcher.find(text))
    caught = 1 - missed.total() / len(tried)
    print(f"words {len(words)}, evasions {len(tried)}, caught {caught:.2%}")
    print("missed by trick:", dict(missed.most_common(5)))

    text = "".join(SENTENCES) * 40
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        matcher.find(text[:2000])
        took.append(time.perf_counter() - begun)
    print(f"2,000 characters: median {statistics.median(took) * 1000:.1f} ms, ", end="")
    print(f"longest {max(took) * 1000:.1f} ms")

    for name in sys.argv[1:]:
        rows = [json.loads(line) for line in Path(name).read_text(encoding="utf-8").splitlines()]
        hits = [matcher.find(f"{row['title']}\n{row['body']}") for row in rows]
        kinds = Counter(hit.kind for found in hits for hit in found)
        some = sum(map(bool, hits))
        print(f"messages {len(rows)}, with a word {some} ({some / len(rows):.2%}): {dict(kinds)}")
        print(Counter(hit.word for found in hits for hit in found).most_common(12))


if __name__ == "__main__":
    main()
