"""Where apps say what must be done again and again; called from their `AppConfig.ready`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


class Work(Protocol):
    """Work that may be repeated at any time without harm."""

    def __call__(self, *, at: datetime) -> object: ...


@dataclass(frozen=True)
class Due:
    name: str
    every: timedelta
    work: Work


_steps: dict[str, Due] = {}


def add(name: str, *, every: timedelta, work: Work) -> None:
    _steps[name] = Due(name, every, work)


def steps() -> list[Due]:
    return list(_steps.values())
