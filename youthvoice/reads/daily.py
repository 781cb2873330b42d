"""The day's key for visitors' hashes: in a file, so that no copy of the database holds it.

It is made by whoever asks first, is the same for all processes of the house, and goes when its
day is over: what was hashed under it leads back to nobody then, not even with all of `keys/`.
"""

import os
import secrets
from contextlib import suppress
from datetime import date
from functools import lru_cache
from pathlib import Path

import structlog
from django.conf import settings

_LENGTH = 32
_log = structlog.get_logger("youthvoice.reads")


@lru_cache(maxsize=2)
def key_of(day: date) -> bytes:
    """If it can't be kept (a full disk), one of this process's own: then a reader may count once
    in each process, which is better than that no page is shown."""
    try:
        return _read_or_make(Path(settings.READS_KEYS) / day.isoformat())
    except OSError as problem:
        _log.warning("reads.key_not_kept", error=type(problem).__name__)
        return secrets.token_bytes(_LENGTH)


def forget_before(day: date) -> None:
    """Delete the keys of days before this one."""
    with suppress(FileNotFoundError):
        for path in Path(settings.READS_KEYS).iterdir():
            if path.name < day.isoformat():
                path.unlink(missing_ok=True)


def _read_or_make(path: Path) -> bytes:
    """Of several processes at once the one that links its file first wins."""
    with suppress(FileNotFoundError):
        return _whole(path)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(_LENGTH))
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return _whole(path)


def _whole(path: Path) -> bytes:
    key = path.read_bytes()
    if len(key) != _LENGTH:
        raise OSError("a key that was cut off")
    return key
