"""One SQLite in a process: all that open one take it from kit/sqlite/library.py."""

import pytest

from tests.architecture import tree
from tests.architecture.test_outgoing import imports

_HOME = {"youthvoice/kit/sqlite/library.py"}
#: Asks the system's for nothing but its version, and opens no file with it.
_ALSO = {"youthvoice/kit/tests/test_library.py"}
_LIBRARIES = {"sqlite3", "_sqlite3", "pysqlite3", "apsw"}


def taken(source):
    if not any(library in source for library in _LIBRARIES):
        return set()  # reading a thousand files as trees takes seconds
    return {name.split(".")[0] for name in imports(source)} & _LIBRARIES


def test_nobody_takes_a_sqlite_of_their_own():
    found = {
        tree.name(path): taken(path.read_text(encoding="utf-8"))
        for path in tree.files()
        if path.suffix == ".py" and tree.name(path) not in _HOME | _ALSO
    }

    assert {name: libraries for name, libraries in found.items() if libraries} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import sqlite3",
        "from sqlite3 import dbapi2",
        "import pysqlite3.dbapi2",
        "__import__('_sqlite3')",
    ],
)
def test_one_of_ones_own_would_be_found(source):
    assert taken(source)
