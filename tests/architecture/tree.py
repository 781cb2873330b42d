"""The files of ours: what is in the tree and not made by a tool."""

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = {".py", ".html", ".css", ".js", ".sh", ".svg", ".txt", ".toml", ".yml", ".yaml", ".md"}
MADE_BY_TOOLS = {"var", "__pycache__", "migrations", "htmlcov", "node_modules"}
HIDDEN_BUT_OURS = {".ci", ".github"}
LOCKS = {ROOT / "requirements" / name for name in ("base.txt", "dev.txt")}


def files() -> Iterator[Path]:
    """Every text file of ours, the scripts without an ending among them."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(
            name
            for name in folders
            if name not in MADE_BY_TOOLS and (name[0] != "." or name in HIDDEN_BUT_OURS)
        )
        for name in sorted(names):
            path = Path(folder, name)
            if path not in LOCKS and (path.suffix in CODE or is_script(path)):
                yield path


def is_script(path: Path) -> bool:
    """Whether a shell runs it: `run`, `test`, `.ci/run`, `requirements/lock` …"""
    if path.suffix == ".sh":
        return True
    if path.suffix:
        return False
    with path.open("rb") as file:
        first = file.readline(64)
    return first.startswith(b"#!") and b"sh" in first


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))
