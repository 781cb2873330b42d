"""Houses that were started once, and copies of them: a first start takes longer than a test.

A house is made once a run, by whichever of its processes needs it first, and lies in a folder
that they share. On PostgreSQL its database is the template of the copies' databases.
"""

import fcntl
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.scripts.house import ROOT, House, run
from youthvoice.kit.sqlite.library import sqlite3

#: What tests of this process are given, unless they ask for another; see `_make`.
ON_POSTGRES = bool(os.environ.get("DATABASE_URL"))
USUAL = "twins" if ON_POSTGRES else "demo"


def postgres(*words: str) -> None:
    done = run(str(ROOT / ".venv/bin/python"), str(ROOT / "scripts/postgres.py"), *words)
    assert done.returncode == 0, done.stderr


def new_address(name: str) -> str:
    """The address of a database that isn't there yet; "" on SQLite."""
    path = f"/youthvoice_{name}_{uuid.uuid4().hex[:12]}"
    given = os.environ.get("DATABASE_URL")
    return urlunsplit(urlsplit(given)._replace(path=path)) if given else ""


def select(data: Path, query: str) -> list[Any]:
    """The rows that the house of `data` has for a query."""
    address = address_of(data)
    if address:
        with psycopg.connect(address) as connection:
            return connection.execute(query.encode()).fetchall()
    name = f"file:{data}/youthvoice.sqlite3?mode=ro"
    with closing(sqlite3.connect(name, uri=True, timeout=60)) as connection:
        return connection.execute(query).fetchall()


def address_of(data: Path) -> str:
    """The address of the database of a copy; "" on SQLite."""
    told = data.with_name(data.name + ".address")
    return told.read_text() if told.exists() else ""


class Shelf:
    """The houses of this run, as one of its processes sees them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.used: set[str] = set()

    def facts(self, name: str = USUAL) -> dict[str, Any]:
        """What was seen at the first start of a house; it is made if need be."""
        with self._alone(name):
            kept = self.folder / f"{name}.json"
            if not kept.exists():
                shutil.rmtree(self.folder / name, ignore_errors=True)
                (self.folder / name).mkdir()
                kept.write_text(json.dumps(_make(name, self.folder / name)))
            users = self.folder / f"{name}.users"
            users.mkdir(exist_ok=True)
            (users / str(os.getpid())).touch()
            self.used.add(name)
            found: dict[str, Any] = json.loads(kept.read_text())
            return found

    @contextmanager
    def copied(self, data: Path, *, name: str = USUAL) -> Iterator[dict[str, str]]:
        """A copy of a house in `data`, which must not be there yet; gives the variables that
        its processes need, and drops its database in the end."""
        facts = self.facts(name)
        shutil.copytree(facts["data"], data)
        address = new_address("house")
        if not address:
            yield {}
            return
        data.with_name(data.name + ".address").write_text(address)
        postgres("make", address, facts["address"])
        try:
            yield {"DATABASE_URL": address}
        finally:
            postgres("drop", address)

    def close(self) -> None:
        """Who is the last to use a house drops its database."""
        for name in self.used:
            with self._alone(name):
                users = self.folder / f"{name}.users"
                (users / str(os.getpid())).unlink()
                if ON_POSTGRES and not list(users.iterdir()):
                    kept = self.folder / f"{name}.json"
                    postgres("drop", json.loads(kept.read_text())["address"])
                    kept.unlink()

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        with (self.folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _make(name: str, folder: Path) -> dict[str, Any]:
    """Start a house on nothing, look at it, stop it: `demo` as a visitor does, with the demo;
    `twins` on two machines at once, without."""
    address = new_address(name)
    if address:
        postgres("make", address)
    environ = {"DATABASE_URL": address} if address else {}
    words = [] if name == "demo" else ["--no-demo"]
    if name == "demo":
        # The demo's own tests count its lines; here counting would double the longest start.
        environ["COVERAGE_PROCESS_CONFIG"] = ""
    if name == "twins":
        environ["WEB_WORKERS"] = "1"  # how many doesn't matter to the start, and each costs
    many = 2 if name == "twins" else 1
    houses = [House(folder / f"data{n}", *words, **environ) for n in range(many)]
    data = houses[0].data
    try:
        with ExitStack() as open_houses:
            for house in houses:
                open_houses.callback(house.__exit__)
                house.start()
            for house in houses:
                house.wait_until_ready()
            seen = {
                "homes": [house.get("/") for house in houses],
                "mode": data.stat().st_mode & 0o777,
                "statuses": [house.stop() for house in houses],
            }
    except BaseException:
        if address:
            postgres("drop", address)
        raise
    return seen | {
        "address": address,
        "data": str(data),
        "logs": [house.log() for house in houses],
        "ports": [house.port for house in houses],
        "static": made_at(data),
    }


def made_at(data: Path) -> int:
    """When the static files were collected."""
    return (data / "static/staticfiles.json").stat().st_mtime_ns
