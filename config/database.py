"""The database from one address: nothing means SQLite in the data folder."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

#: `synchronous=FULL`: an accepted write survives a power cut, with WAL too.
#: `secure_delete=ON`: what is deleted is overwritten with zeros, so that it is in the file no
#: longer (bench/erasing.py tells what it costs).
#: `mmap_size=0`: what others write would show through the map of a connection that writes too,
#: and makes a broken file of a small mistake in the log.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
    "PRAGMA cache_size=-16000; PRAGMA mmap_size=0; "
    "PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;"
)


def sqlite(path: Path | str) -> dict[str, Any]:
    return {
        "ENGINE": "youthvoice.kit.sqlite",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        },
    }


def from_address(address: str, *, data: Path) -> dict[str, Any]:
    """Django's database settings for `address`; raises ImproperlyConfigured with a sentence."""
    if not address:
        return sqlite(data / "youthvoice.sqlite3")
    wrong = ImproperlyConfigured(
        "DATABASE_URL must look like postgresql://name:password@host:5432/database; "
        "unset it to use SQLite in the data folder."
    )
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise wrong from None
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgresql", "postgres"} or not name:
        raise wrong
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # What libpq understands, like ?sslmode=require.
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
