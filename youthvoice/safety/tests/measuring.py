"""How well the signs do on written texts, whose danger is known."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from youthvoice.safety import signs
from youthvoice.safety.signs import Level

HERE = Path(__file__).parent / "signs"


@dataclass(frozen=True)
class Measured:
    danger: int
    harmless: int
    missed: list[str]
    alarms: list[str]

    @property
    def recall(self) -> float:
        return (self.danger - len(self.missed)) / self.danger

    @property
    def precision(self) -> float:
        found = self.danger - len(self.missed)
        return found / (found + len(self.alarms)) if found else 0.0

    def __str__(self) -> str:
        return f"recall {self.recall:.2f}, precision {self.precision:.2f}"


def read(path: Path) -> list[tuple[str, str]]:
    """Kind (s, v, m or -) and words of each text."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [(row["kind"], row["text"]) for row in rows]


def measure(texts: list[tuple[str, str]], level: Level) -> Measured:
    found = [(kind, text, signs.level_of(signs.find(text)) >= level) for kind, text in texts]
    return Measured(
        danger=sum(kind != "-" for kind, _text in texts),
        harmless=sum(kind == "-" for kind, _text in texts),
        missed=[text for kind, text, is_found in found if kind != "-" and not is_found],
        alarms=[text for kind, text, is_found in found if kind == "-" and is_found],
    )


def by_level(texts: list[tuple[str, str]]) -> Iterator[tuple[Level, Measured]]:
    for level in Level:
        yield level, measure(texts, level)
