"""Secrets that live beside the database, never in it.

A key is made at the first start and read ever after. Losing the folder loses the
receipts (their codes can no longer be checked) and ends every session.
"""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def read_or_make(folder: Path, name: str) -> str:
    """The secret `name` (86 URL-safe characters), made on first use; file mode 0600.

    Several processes may start at once: the one that links its file first wins.
    """
    path = folder / name
    if not path.exists():
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = folder / f".{name}.{os.getpid()}"
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(64))
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        except OSError as problem:
            raise ImproperlyConfigured(
                f"The key folder {folder} can't be written: {problem.strerror}."
            ) from None
    try:
        value = path.read_text(encoding="ascii", errors="replace").strip()
    except OSError as problem:
        raise ImproperlyConfigured(f"The key {path} can't be read: {problem.strerror}.") from None
    if len(value) < 50 or not value.isascii():
        raise ImproperlyConfigured(f"The key {path} is damaged: restore it from the backup.")
    return value
