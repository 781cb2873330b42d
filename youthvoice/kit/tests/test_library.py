"""Which SQLite the house runs on, and that a bad one is told loudly."""

import _sqlite3 as of_the_system
import importlib.util
import json
import re
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.sqlite3 import base
from packaging.markers import Marker

from youthvoice.kit.sqlite import library
from youthvoice.supervisor import prepare

BAD = (3, 40, 1)
#: As on a system for which pysqlite3 has no wheel: the queue and the warning on what is left.
WITHOUT = """
import json, sys
sys.modules["pysqlite3"] = None
from youthvoice.kit.sqlite import library
from tests.config.writer import add_one, connect, count, make_counter, run
connection = connect(sys.argv[1])
make_counter(connection)
add_one(connection)
told = run(connection, "SELECT sqlite_version()")[0][0]
print(json.dumps([library.FROM, told, count(connection), bool(library.warning())]))
"""


@pytest.mark.parametrize(
    ("version", "mended"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 3), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_which_versions_lose_pages(version, mended):
    assert library.is_mended(version) is mended


def test_django_runs_on_the_library_that_was_chosen():
    better = importlib.util.find_spec("pysqlite3") is not None

    assert ("pysqlite3" if better else "Python") == library.FROM
    assert base.Database.sqlite_version == library.sqlite3.sqlite_version
    assert library.is_safe() or not better
    assert better == (of_the_system_version() != library.VERSION)


def of_the_system_version():
    return tuple(map(int, of_the_system.sqlite_version.split(".")))


def test_without_the_wheel_it_runs_on_the_systems_and_knows_whether_that_is_bad(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, str(tmp_path / "house.sqlite3")],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    bad = not library.is_mended(of_the_system_version())
    assert json.loads(done.stdout) == ["Python", of_the_system.sqlite_version, 1, bad]


@pytest.mark.skipif("os.environ.get('DATABASE_URL')", reason="it tells of SQLite alone")
@pytest.mark.parametrize("is_bad", [False, True])
def test_check_and_each_start_say_the_version_and_warn_of_a_bad_one(monkeypatch, capsys, is_bad):
    monkeypatch.setattr(library, "VERSION", BAD if is_bad else (3, 51, 3))

    call_command("check", "kit")
    checked = capsys.readouterr()
    prepare.tell_sqlite()
    started = capsys.readouterr().err

    assert f"SQLite {library.sqlite3.sqlite_version} (" in checked.out
    assert ("DANGER" in checked.err) is is_bad
    assert f"SQLite {library.sqlite3.sqlite_version} (" in started
    # In the log, for machines, and as sentences for who looks at the terminal.
    assert (started.count("DANGER"), started.count('"critical"')) == ((2, 2) if is_bad else (0, 0))


@pytest.mark.skipif("not os.environ.get('DATABASE_URL')", reason="PostgreSQL alone")
def test_on_postgresql_nothing_is_said_of_sqlite(capsys):
    call_command("check", "kit")
    prepare.tell_sqlite()

    assert connection.vendor == "postgresql"
    assert "SQLite" not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("machine", "wanted"),
    [
        ({"sys_platform": "linux", "platform_machine": "x86_64"}, True),
        ({"sys_platform": "darwin", "platform_machine": "arm64"}, True),
        ({"sys_platform": "linux", "platform_machine": "aarch64"}, False),
        ({"platform_python_implementation": "PyPy"}, False),
    ],
)
def test_the_lock_asks_for_it_where_it_has_a_wheel_and_never_for_its_source(machine, wanted):
    lines = (settings.BASE_DIR / "requirements/base.txt").read_text().splitlines()
    (line,) = [line for line in lines if line.startswith("pysqlite3==")]
    marker = Marker(line.partition(";")[2].strip(" \\"))
    python = {"python_version": "3.11", "python_full_version": "3.11.2"}
    known = {"platform_python_implementation": "CPython", **python}

    assert "--only-binary pysqlite3" in lines
    assert marker.evaluate(known | machine) is wanted


def test_the_recipe_of_the_backup_copies_what_is_still_in_the_log_and_leaves_the_log(tmp_path):
    told = (settings.BASE_DIR / "docs/operating.md").read_text(encoding="utf-8")
    (recipe,) = re.findall(r"-c \'\n(import sys\n[^']*VACUUM INTO[^']*)\'", told)
    house, copy = tmp_path / "house.sqlite3", tmp_path / "copy.sqlite3"
    with closing(library.sqlite3.connect(house)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE word (text)")
        writer.execute("INSERT INTO word VALUES ('kept')")
        writer.commit()
        log = house.with_name("house.sqlite3-wal")
        before = log.read_bytes()
        command = [sys.executable, "-c", recipe, house, copy]
        subprocess.run(command, cwd=settings.BASE_DIR, check=True)
        assert before == log.read_bytes()

    with closing(library.sqlite3.connect(copy)) as reader:
        assert reader.execute("SELECT text FROM word").fetchall() == [("kept",)]
