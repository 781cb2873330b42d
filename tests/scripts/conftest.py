"""A database for a house that runs beside the tests' own."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.scripts.house import ROOT, run


@pytest.fixture
def house_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """On SQLite the house's folder has its own; on PostgreSQL one is made and dropped.

    The house's settings must also be the real ones, whatever the tests themselves use.
    """
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    given = os.environ.get("DATABASE_URL")
    if not given:
        yield
        return
    own = urlunsplit(urlsplit(given)._replace(path=f"/youthvoice_house_{uuid.uuid4().hex[:12]}"))
    postgres("make", own)
    monkeypatch.setenv("DATABASE_URL", own)
    yield
    postgres("drop", own)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """A data folder with everything but the demo in it, made once and then copied: most
    houses need not build their database from nothing. None on PostgreSQL."""
    if os.environ.get("DATABASE_URL"):
        return None
    data = tmp_path_factory.mktemp("prepared") / "data"
    environ = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    data.mkdir(mode=0o700)
    done = run(
        *(str(ROOT / ".venv/bin/python"), "-P", "-m", "youthvoice.supervisor.prepare", "--no-demo"),
        env=environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "YOUTHVOICE_DATA": str(data)},
    )
    assert done.returncode == 0, done.stderr
    return data


def postgres(act: str, address: str) -> None:
    done = run(str(ROOT / ".venv/bin/python"), str(ROOT / "scripts/postgres.py"), act, address)
    assert done.returncode == 0, done.stderr
