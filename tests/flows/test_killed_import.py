"""An import that is killed in the middle and run again ends like one clean run."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
import uuid
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.scripts.conftest import postgres
from tests.scripts.house import COMMAND, PATIENCE, run
from youthvoice.questions.tests.rows import row, unanswered

pytestmark = pytest.mark.slow
ROWS = 1200


class Place:
    """A data folder (and on PostgreSQL a database) with the province in it."""

    def __init__(self, data, address=""):
        self.data, self.address = data, address
        self.environ = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        self.environ |= {"DATABASE_URL": address, "YOUTHVOICE_DATA": str(data)}

    def command(self, *words):
        done = run(COMMAND, *words, env=self.environ)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def select(self, columns, table, order):
        query = f"SELECT {columns} FROM {table} ORDER BY {order}"  # noqa: S608 - all ours
        if self.address:
            with psycopg.connect(self.address) as connection:
                return connection.execute(query).fetchall()
        connection = sqlite3.connect(f"file:{self.data}/youthvoice.sqlite3?mode=ro", uri=True)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def imported(self):
        return self.select("count(*)", "questions_question", "1")[0][0]

    def everything(self):
        """What an import makes, without the numbers and times of the run itself."""
        question = "SELECT import_code FROM questions_question q WHERE q.id = question_id"
        return [
            self.select(
                "import_code, title, text, kind, field, region_id, asked_at, first_answered_at, "
                "first_answer_seconds, official_count, hot",
                "questions_question",
                "import_code",
            ),
            self.select(f"({question}), text, created_at, origin", "questions_answer", "1"),
            self.select(f"({question}), state, waiting_since", "cases_case", "1"),
            self.select("count(*)", "cases_step", "1"),
            self.select("import_code, username, is_active", "people_user", "import_code"),
            self.select("name, value", "questions_tally", "name"),
            self.select("verb, count(*)", "journal_entry GROUP BY verb", "verb"),
        ]


@pytest.fixture
def places(tmp_path):
    """Two houses alike."""
    given = os.environ.get("DATABASE_URL")
    made = []
    for name in ("killed", "clean"):
        address = ""
        if given:
            own = f"/youthvoice_{name}_{uuid.uuid4().hex[:12]}"
            address = urlunsplit(urlsplit(given)._replace(path=own))
            postgres("make", address)
        made.append(Place(tmp_path / name, address))
    killed, clean = made
    killed.command("migrate", "-v0")
    killed.command("load-instance")
    if given:
        clean.command("migrate", "-v0")
        clean.command("load-instance")
    else:
        shutil.copytree(killed.data, clean.data)
    yield killed, clean
    for place in made:
        if place.address:
            postgres("drop", place.address)


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "messages.jsonl"
    with made.open("w") as out:
        for n in range(1, ROWS + 1):
            given = row(n, author=f"A{n % 40}") if n % 3 else unanswered(n, region="410122")
            out.write(json.dumps(given, ensure_ascii=False) + "\n")
    return made


def test_an_import_killed_in_the_middle_and_run_again_ends_like_one_clean_run(places, file):
    killed, clean = places
    words = [COMMAND, "import", str(file), "--no-progress"]
    process = subprocess.Popen(words, env=killed.environ, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + PATIENCE
        while killed.imported() < 200:
            assert process.poll() is None, "it ended before it could be killed"
            assert time.monotonic() < deadline
            time.sleep(0.005)
    finally:
        process.kill()
        assert process.wait() == -signal.SIGKILL
    stayed = killed.imported()
    assert 200 <= stayed < ROWS
    # Batches are whole or not there.
    assert stayed % 100 == 0

    again = killed.command("import", str(file))

    assert again == f"imported {ROWS - stayed}, unchanged {stayed}, refused 0\n"
    assert clean.command("import", str(file)) == f"imported {ROWS}, unchanged 0, refused 0\n"
    assert killed.everything() == clean.everything()
    assert killed.command("recount") == "All numbers are exact.\n"
    assert killed.command("verify-journal").startswith("The journal holds")
