"""The tests' database: migrated and furnished with the small house once, then copied.

Migrating takes a process longer than a hundred tests. So the first process of a run makes a
template, and each gets a copy of its own; after a test that committed, the copy is made anew.
On SQLite the template is a file beside pytest's cache, named by what it is made of, and the
next run on the same tree finds it. On PostgreSQL it is a database of this run.
"""

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

ROOT = Path(__file__).parents[1]
_KEPT = ROOT / ".pytest_cache" / "house"


class TestDatabase:
    """This process's own copy; `make` before the first test, `remove` after the last."""

    __test__ = False

    def __init__(self) -> None:
        creation: Any = connection.creation
        self.name: str = creation._get_test_db_name()

    def make(self) -> None:
        with _alone():
            self._make_template()
        self.restore()

    def restore(self) -> None:
        """Whatever was committed is gone, and all sequences begin again."""
        self._copy()
        _use(self.name)

    def _make_template(self) -> None: ...

    def _copy(self) -> None: ...

    def remove(self) -> None: ...


class SQLite(TestDatabase):
    def __init__(self) -> None:
        super().__init__()
        # As the tree is now: whoever edits it while the tests run changes nothing for them.
        self.template = _KEPT / f"{made_of()}.db"

    def _make_template(self) -> None:
        if self.template.exists():
            return
        for old in _KEPT.glob("*.db*"):
            old.unlink()
        draft = _KEPT / "draft.db"
        _furnish(str(draft))
        draft.rename(self.template)

    def _copy(self) -> None:
        # What a forgotten connection has open is another file then, and can spoil nothing.
        self.remove()
        shutil.copyfile(self.template, self.name)

    def remove(self) -> None:
        connection.close()
        for name in ("", "-wal", "-shm"):
            Path(f"{self.name}{name}").unlink(missing_ok=True)


class PostgreSQL(TestDatabase):
    template = f"test_{settings.DATABASES['default']['NAME']}_template"

    def _make_template(self) -> None:
        # A run makes it anew, so one that another run left half made does no harm.
        with _server() as server:
            row = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.template])
            if row.fetchone():
                return
            server.execute(_named("CREATE DATABASE {}", f"{self.template}_draft"))
        _furnish(f"{self.template}_draft")
        with _server() as server:
            server.execute(
                _named("ALTER DATABASE {} RENAME TO {}", f"{self.template}_draft", self.template)
            )

    def _copy(self) -> None:
        self.remove()
        with _server() as server:
            server.execute(_named("CREATE DATABASE {} TEMPLATE {}", self.name, self.template))

    def remove(self) -> None:
        connection.close()
        with _server() as server:
            server.execute(_named("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name))


def of_this_process() -> TestDatabase:
    return SQLite() if connection.vendor == "sqlite" else PostgreSQL()


def forget_template() -> None:
    """On PostgreSQL the template goes before the first process and after the last."""
    if connection.vendor == "postgresql":
        with _server() as server:
            for name in (PostgreSQL.template, f"{PostgreSQL.template}_draft"):
                server.execute(_named("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))


def made_of() -> str:
    """A digest of all that the template could depend on."""
    digest = hashlib.sha256()
    for path in sorted(
        [
            *(p for part in ("config", "youthvoice") for p in (ROOT / part).rglob("*.py")),
            *(ROOT / "requirements").glob("*.txt"),
            Path(__file__),
            Path(__file__).with_name("factories.py"),
        ]
    ):
        if "tests" not in path.relative_to(ROOT).parts[1:-1]:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _furnish(name: str) -> None:
    from tests.factories import lay_house

    _use(name)
    call_command("migrate", verbosity=0, interactive=False)
    lay_house()
    connection.close()


def _use(name: str) -> None:
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


@contextmanager
def _alone() -> Iterator[None]:
    """Of several processes one at a time."""
    _KEPT.mkdir(parents=True, exist_ok=True)
    with (_KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _server() -> Iterator[psycopg.Connection]:
    """To where databases are made, outside all of ours."""
    given = connection.get_connection_params() | {"dbname": "postgres"}
    wanted = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(
        **{name: given[name] for name in wanted if name in given}, autocommit=True
    ) as server:
        yield server


def _named(words: str, *names: str) -> sql.Composed:
    return sql.SQL(words).format(*map(sql.Identifier, names))
