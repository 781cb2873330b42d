"""The lines and words that come with the house."""

import json
from pathlib import Path

from youthvoice.safety.choices import WordKind

_DATA = Path(__file__).parent / "data"


def shipped_lines() -> list[dict[str, object]]:
    lines: list[dict[str, object]] = json.loads((_DATA / "lines.json").read_text(encoding="utf-8"))
    return lines


def ordinary_words() -> list[str]:
    """Words within which, or within whose neighbourhood, no listed word is meant."""
    lines = (_DATA / "swallowing.txt").read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def shipped_words() -> dict[str, str]:
    """Word → kind."""
    found: dict[str, str] = {}
    for kind in WordKind.values:
        lines = (_DATA / f"{kind}.txt").read_text(encoding="utf-8").splitlines()
        found |= {line.strip(): kind for line in lines if line and not line.startswith("#")}
    return found
