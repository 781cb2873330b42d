"""What was found, as one table and as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Row:
    """One thing that was measured; `holds` None where there is no bar."""

    what: str
    found: str
    bar: str = ""
    holds: bool | None = None
    #: All that stands behind it, for the JSON.
    figures: dict[str, Any] = field(default_factory=dict)


def show(rows: Sequence[Row]) -> str:
    marks = {True: "holds", False: "FALLS SHORT", None: ""}
    cells = [(row.what, row.found, row.bar, marks[row.holds]) for row in rows]
    cells.insert(0, ("what", "found", "bar", ""))
    wide = [max(len(cell[n]) for cell in cells) for n in range(4)]
    lines = ["  ".join(word.ljust(wide[n]) for n, word in enumerate(c)).rstrip() for c in cells]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def save(path: str | Path | None, rows: Sequence[Row], **more: Any) -> None:
    if path:
        found = {**more, "rows": [asdict(row) for row in rows]}
        Path(path).write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
