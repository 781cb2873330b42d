"""What a picture's files are called, and where they lie."""

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

from youthvoice.pictures import shelf

NAME = re.compile(r"[0-9a-f]{32}(-s)?\.jpg")


def path_of(file_name: str) -> str:
    """Where a file lies in the store; two hex digits spread the folders."""
    return f"pictures/{file_name[:2]}/{file_name}"


def name_of(file_name: str) -> str:
    """The picture's name, whichever of its two files is asked for; "" where it is none of ours."""
    if not NAME.fullmatch(file_name):
        return ""
    return file_name.removesuffix(".jpg").removesuffix("-s")


def strange_held(*, at: datetime) -> Iterator[tuple[Path, str]]:
    """What of the pictures that wait for a form could lead to somebody, and why."""
    return shelf.strange(at=at)


def held_files() -> Iterator[tuple[Path, BytesIO]]:
    """The pictures that wait, large and small."""
    for path, made in shelf.all_held():
        yield path, BytesIO(made.full)
        yield path, BytesIO(made.small)
