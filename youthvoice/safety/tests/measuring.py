"""How well the signs do on written sentences, whose danger is known."""

from dataclasses import dataclass
from pathlib import Path

from youthvoice.safety import signs


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


def read(path: Path) -> list[tuple[str, str]]:
    """Kind (s, v, m or -) and sentence of each line; lines with # are remarks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(line[0], line[2:]) for line in lines if line and not line.startswith("#")]


def measure(sentences: list[tuple[str, str]]) -> Measured:
    danger = [text for kind, text in sentences if kind != "-"]
    harmless = [text for kind, text in sentences if kind == "-"]
    return Measured(
        danger=len(danger),
        harmless=len(harmless),
        missed=[text for text in danger if not signs.find(text)],
        alarms=[text for text in harmless if signs.find(text)],
    )
