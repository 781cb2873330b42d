"""Secrets that live beside the database, never in it.

A key is made at the first start and read ever after. Losing the folder loses the
receipts (their codes can no longer be checked) and ends every session.
"""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_PUBLIC_BYTES = 32


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


def read_public(folder: Path, names: list[str]) -> list[bytes]:
    """The public keys (32 bytes) of the people who may open sealed records, NAME.pub each."""
    if not names:
        raise ImproperlyConfigured(
            "SEALED_RECORDS needs the sign-in names of the two people who may open a record: "
            "set SEALED_OPENERS, or unset SEALED_RECORDS."
        )
    found = []
    for name in names:
        path = folder / f"{name}.pub"
        try:
            key = bytes.fromhex(path.read_text(encoding="ascii").strip())
        except OSError as problem:
            raise ImproperlyConfigured(
                f"The public key {path} can't be read: {problem.strerror}. "
                "Make it with `youthvoice seal-keys`, or unset SEALED_RECORDS."
            ) from None
        except ValueError:
            key = b""
        if len(key) != _PUBLIC_BYTES or key in found:
            raise ImproperlyConfigured(
                f"The public key {path} is damaged, or the other person's: take theirs."
            )
        found.append(key)
    return found
