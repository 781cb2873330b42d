"""The small houses of the releases: how one is kept, and how it is opened on the database in use.

`scripts/release.py` makes them. Each is an archive for each kind of database with the database,
the keys, the pictures, and `facts.json`: what the release's readers knew (codes, words, numbers).
A house is opened with its clock stopped at the day on which it was made, so nothing in it is ever
too old.
"""

import hashlib
import json
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import psycopg
from django.db import connection
from django.test import override_settings

from config import settings as real
from tests.database import _named, _server, _use
from youthvoice.orgs.queries import forget_regions
from youthvoice.supervisor.prepare import migrate

KEPT = Path(__file__).parent
ROOT = KEPT.parents[1]
#: The dump of PostgreSQL, within its archive, and the file of SQLite.
DUMP, FILE = "house.sql", "house.sqlite3"
#: The keys of a house, by the names of their settings.
_KEYS = {
    "SECRET_KEY": "django",
    "RECEIPT_KEY": "receipts",
    "PHONE_KEY": "phones",
    "FACTOR_KEY": "factors",
}
#: As a house that runs has them; the tests' own are cheap.
_REAL = ("PASSWORD_HASHERS", "RECEIPT_HASH_COST", "SEALED_HASH_COST")


def number(release: str) -> tuple[int, ...]:
    return tuple(map(int, release.split(".")))


def releases() -> list[str]:
    """The oldest first."""
    return sorted((path.parent.name for path in KEPT.glob("*/migrations.txt")), key=number)


# --- Keeping -----------------------------------------------------------------------------


def archive_of(release: str, vendor: str) -> Path:
    return KEPT / release / f"{vendor}.tar.xz"


def pack(folder: Path, archive: Path) -> None:
    """The same files give the same bytes: no name, no time and no number of who packed them."""
    with tarfile.open(archive, "w:xz", preset=9) as kept:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = tarfile.TarInfo(str(path.relative_to(folder)))
                entry.size = path.stat().st_size
                with path.open("rb") as file:
                    kept.addfile(entry, file)


def unpack(archive: Path, folder: Path) -> dict[str, Any]:
    """Gives the facts."""
    with tarfile.open(archive) as kept:
        kept.extractall(folder, filter="data")
    found: dict[str, Any] = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    return found


def hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def migrations() -> dict[str, str]:
    """The migrations that are in the tree, each with its hash."""
    return {
        str(path.relative_to(ROOT)): hash_of(path)
        for path in sorted(ROOT.glob("youthvoice/*/migrations/*.py"))
        if path.name != "__init__.py"
    }


def kept_migrations(release: str) -> dict[str, str]:
    lines = (KEPT / release / "migrations.txt").read_text(encoding="ascii").splitlines()
    return {path: told for told, path in map(str.split, lines)}


def plain(dump: str) -> str:
    """A dump as any server of version 15 and later takes it: no client's commands, no settings
    of the server that made it."""
    out, in_rows = [], False
    for line in dump.split("\n"):
        if not in_rows and line.startswith(("\\restrict", "\\unrestrict", "--", "SET ")):
            continue
        if line.startswith("COPY ") and line.endswith("FROM stdin;"):
            in_rows = True
        elif line == "\\.":
            in_rows = False
        if line or in_rows:
            out.append(line)
    return "\n".join(out) + "\n"


def load(dump: str, name: str) -> None:
    """Into the empty database, by psycopg alone."""
    given = connection.get_connection_params() | {"dbname": name}
    wanted = ("dbname", "user", "password", "host", "port")
    address = {key: given[key] for key in wanted if key in given}
    with psycopg.connect(**address) as server:
        server.execute("SET synchronous_commit TO off")
        script: list[str] = []
        lines = iter(dump.split("\n"))
        for line in lines:
            if not (line.startswith("COPY ") and line.endswith("FROM stdin;")):
                script.append(line)
                continue
            _execute(server, script)
            with server.cursor().copy(line.removesuffix(";").encode()) as table:
                for row in lines:
                    if row == "\\.":
                        break
                    table.write(f"{row}\n")
        _execute(server, script)


def _execute(server: psycopg.Connection, script: list[str]) -> None:
    server.execute("\n".join(script).encode())
    script.clear()


# --- Opening -----------------------------------------------------------------------------


@contextmanager
def stopped(at: datetime) -> Iterator[None]:
    """Whoever asks is told that it is `at`: our clock, the ends of sessions and of signatures."""
    time = SimpleNamespace(time=at.timestamp)
    with ExitStack() as patches:
        for name in ("youthvoice.kit.clock.now", "django.utils.timezone.now"):
            patches.enter_context(mock.patch(name, return_value=at))
        for name in ("django.core.signing.time", "tests.signing_in.time"):
            patches.enter_context(mock.patch(name, time))
        yield


@contextmanager
def opened(release: str, folder: Path) -> Iterator[dict[str, Any]]:
    """The house in the place of this process's test database, and migrated as a start does;
    gives its facts. What is done in it is gone in the end."""
    facts = unpack(archive_of(release, connection.vendor), folder)
    before = connection.settings_dict["NAME"]
    connection.close()
    forget_regions()
    try:
        with _database(folder) as name, stopped(datetime.fromisoformat(facts["at"])):
            _use(name)
            with override_settings(**_settings(folder, facts)):
                migrate()
                yield facts
    finally:
        connection.close()
        _use(before)
        forget_regions()


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    """The name of its database."""
    if connection.vendor == "sqlite":
        yield str(folder / FILE)
        connection.close()
        return
    name = f"{connection.settings_dict['NAME']}_upgrade"
    remove = _named("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    with _server() as server:
        server.execute(remove)
        server.execute(_named("CREATE DATABASE {} TEMPLATE template0", name))
    try:
        load((folder / DUMP).read_text(encoding="utf-8"), name)
        yield name
    finally:
        connection.close()
        with _server() as server:
            server.execute(remove)


def _settings(folder: Path, facts: dict[str, Any]) -> dict[str, Any]:
    keys = folder / "keys"
    openers = facts["openers"]
    return {
        **{name: (keys / file).read_text().strip() for name, file in _KEYS.items()},
        **{name: getattr(real, name) for name in _REAL},
        "READS_KEYS": keys / "reads",
        "MEDIA_ROOT": folder / "media",
        "SEALED_RECORDS": True,
        "SEALED_OPENERS": openers,
        "SEALED_KEYS": [
            bytes.fromhex((keys / "sealed" / f"{name}.pub").read_text()) for name in openers
        ],
    }
