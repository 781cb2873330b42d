"""A database for a house that runs beside the tests' own."""

import os
import uuid
from collections.abc import Iterator
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


def postgres(act: str, address: str) -> None:
    done = run(str(ROOT / ".venv/bin/python"), str(ROOT / "scripts/postgres.py"), act, address)
    assert done.returncode == 0, done.stderr
