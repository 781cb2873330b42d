"""An import that is killed in the middle and run again ends like one clean run."""

import fcntl
import json
import os
import signal
import subprocess
import time

import psutil
import pytest

from tests.scripts.house import COMMAND, PATIENCE, real_environ, run
from tests.scripts.prepared import select
from youthvoice.importing.tests.rows import row, unanswered

pytestmark = pytest.mark.databases
#: A transaction takes a hundred.
ROWS = 250


class Place:
    """A data folder (and on PostgreSQL a database) with the province in it."""

    def __init__(self, data, environ):
        self.data = data
        self.environ = real_environ(**environ, YOUTHVOICE_DATA=str(data))
        self.before = self.questions()

    def command(self, *words):
        done = run(COMMAND, *words, env=self.environ)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def select(self, columns, table, order):
        return select(self.data, f"SELECT {columns} FROM {table} ORDER BY {order}")  # noqa: S608 - all ours

    def questions(self):
        return self.select("count(*)", "questions_question", "1")[0][0]

    def imported(self):
        return self.questions() - self.before

    def everything(self):
        """What an import makes, without the numbers and times of the run itself."""
        code = "SELECT import_code FROM questions_question q WHERE q.id = question_id"
        ours = f"WHERE ({code}) <> ''"
        return [
            self.select(
                "import_code, title, text, kind, field, region_id, asked_at, first_answered_at, "
                "first_answer_seconds, official_count, hot",
                "questions_question",
                "import_code, id",
            ),
            self.select(f"({code}), text, created_at, origin", f"questions_answer {ours}", "1"),
            self.select(f"({code}), state, waiting_since", f"cases_case {ours}", "1"),
            self.select("count(*)", "cases_step", "1"),
            self.select("import_code, username, is_active", "people_user", "import_code, id"),
            self.select("name, value", "questions_tally", "name"),
            self.select("verb, count(*)", "journal_entry GROUP BY verb", "verb"),
        ]


@pytest.fixture
def places(tmp_path, shelf):
    """Two houses alike."""
    one, other = tmp_path / "killed", tmp_path / "clean"
    with shelf.copied(one) as killed, shelf.copied(other) as clean:
        yield Place(one, killed), Place(other, clean)


@pytest.fixture
def lines():
    given = (
        row(n, author=f"A{n % 40}") if n % 3 else unanswered(n, region="410122")
        for n in range(1, ROWS + 1)
    )
    return [json.dumps(one, ensure_ascii=False) + "\n" for one in given]


def until(process, holds):
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert process.poll() is None, "it ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.005)


def kill_in_the_middle(place, pipe, lines):
    """Begin to import and be killed in the second hundred.

    What it has not been given yet it can't import, however late we are to kill it.
    """
    os.mkfifo(pipe)
    # Both ends are ours, and all fits in: nothing waits for the other side.
    with os.fdopen(os.open(pipe, os.O_RDWR), "wb", buffering=0) as given:
        fcntl.fcntl(given, fcntl.F_SETPIPE_SZ, 1024 * 1024)
        words = [COMMAND, "import", str(pipe), "--no-progress"]
        process = psutil.Popen(words, env=place.environ, stdout=subprocess.DEVNULL)
        try:
            given.write("".join(lines[:150]).encode())
            until(process, lambda: place.imported() == 100)
            worked = process.cpu_times().user
            given.write("".join(lines[150:-1]).encode())
            until(process, lambda: process.cpu_times().user > worked + 0.1)
        finally:
            process.kill()
            assert process.wait() == -signal.SIGKILL


def test_an_import_killed_in_the_middle_and_run_again_ends_like_one_clean_run(
    places, lines, tmp_path
):
    killed, clean = places
    file = tmp_path / "messages.jsonl"
    file.write_text("".join(lines))

    kill_in_the_middle(killed, tmp_path / "pipe", lines)

    stayed = killed.imported()
    # Batches are whole or not there.
    assert stayed in {100, 200}
    again = killed.command("import", str(file))
    assert again == f"imported {ROWS - stayed}, unchanged {stayed}, refused 0\n"
    assert clean.command("import", str(file)) == f"imported {ROWS}, unchanged 0, refused 0\n"
    assert killed.everything() == clean.everything()
    assert killed.command("recount") == "All numbers are exact.\n"
    assert killed.command("verify-journal").startswith("The journal holds")
