"""How often the import guesses the right field: `.venv/bin/python bench/fields.py [FILE.jsonl]`.

Takes letters with the department group to which a clerk sent them (`title`, `body`, `label`), by
default those of ../shared/data. Two groups are at home in a field of ours, all others in 生活;
of education and culture the letters about television, sports and monuments are in no field of
ours, and count as wrong. The rule was mended by looking at every other letter (by id), so the
halves are printed apart. For each field: of those it was said of, how many are right; of those
that are of it, how many were found.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
GROUPS = {"劳动和社会保障": "work", "教育文体": "study"}


def told(name: str, pairs: "Counter[tuple[str, str]]") -> str:
    whole = sum(pairs.values())
    right = sum(many for (is_, said), many in pairs.items() if is_ == said)
    parts = [f"{name:<15}{right}/{whole} right ({right / whole:.2f})"]
    for field in sorted({field for pair in pairs for field in pair}):
        hits = pairs[field, field]
        said = sum(many for (_is, one), many in pairs.items() if one == field)
        of_it = sum(many for (one, _said), many in pairs.items() if one == field)
        parts.append(f"{field} {hits}/{said} said, {hits}/{of_it} found")
    return "; ".join(parts)


def main() -> None:
    import django

    django.setup()
    from youthvoice.importing.sorting import field_of

    file = Path(sys.argv[1]) if sys.argv[1:] else ROOT.parent / "shared/data/labelled.jsonl"
    if not file.exists():
        sys.exit(f"{file} is not here: there is nothing to measure by.")
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    rows.sort(key=lambda row: row["id"])
    for name, part in (("looked at", rows[::2]), ("not looked at", rows[1::2])):
        print(
            told(
                name,
                Counter(
                    (
                        GROUPS.get(row["label"], "life"),
                        str(field_of(row["title"], row["body"])),
                    )
                    for row in part
                ),
            )
        )


if __name__ == "__main__":
    main()
