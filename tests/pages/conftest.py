import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.pages.reader import Reader
from youthvoice.entrance import surrogates


@pytest.fixture(scope="module")
def processes(
    django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Reader]]:
    """Two web processes on the tests' database, started once, for it takes seconds; on PostgreSQL
    the second one is on a machine of its own, and hears what changes from the database alone."""
    name = str(connection.settings_dict["NAME"])
    apart = tmp_path_factory.mktemp("other") if connection.vendor == "postgresql" else None
    if apart:
        # One house on two machines: what is signed or sealed by one the other can read.
        (apart / "keys").mkdir()
        shutil.copy(Path(settings.DATA_DIR) / "keys" / "django", apart / "keys" / "django")
    made = [Reader(name), Reader(name, data=apart)]
    yield made
    for reader in made:
        reader.stop()


@pytest.fixture
def readers(transactional_db: None, processes: list[Reader]) -> list[Reader]:
    """The two; what they kept for the test before is given no more."""
    surrogates.board().change([surrogates.ALL], at_once=True)
    for reader in processes:
        reader.reopen()
    return processes
