"""SQLite's writers stand in a queue: each gets its turn, and none is told "locked".

SQLite itself is made to wait for nobody here (`timeout` 0), so that only the queue helps.
"""

import os  # noqa: F401 - for skipif
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import IntegrityError, OperationalError
from django.db import connection as django_connection

from tests.config.writer import add_one, begin, connect, count, end, make_counter, run, transaction

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("os.environ.get('DATABASE_URL')", reason="the run on SQLite does it"),
]

#: Seconds for what takes far less than one; a test that waits longer has failed.
PATIENCE = 60
ADD = "UPDATE counter SET n = n + 1 WHERE id = 1"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "house.sqlite3"


@pytest.fixture
def first(path):
    """A connection with a counter in its database."""
    connection = connect(path)
    make_counter(connection)
    yield connection
    connection.close()


@pytest.fixture
def second(path, first):
    connection = connect(path)
    count(connection)
    yield connection
    connection.close()


def in_thread(work, *args):
    """Begin `work` beside us; give it a moment to get as far as it can."""
    pool = ThreadPoolExecutor(1)
    future = pool.submit(work, *args)
    pool.shutdown(wait=False)
    time.sleep(0.15)
    return future


def writer(path, what):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.config.writer", str(path), what],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_without_the_queue_a_second_writer_is_told_locked(path, first):
    engine = "django.db.backends.sqlite3"
    one, two = connect(path, engine=engine), connect(path, engine=engine)
    begin(one)

    with pytest.raises(OperationalError, match="database is locked"):
        begin(two)

    end(one)
    one.close()
    two.close()


def test_many_threads_add_and_none_is_refused_or_lost(path, first):
    threads, times = 6, 15

    def work():
        connection = connect(path)
        for _ in range(times):
            add_one(connection)
        connection.close()

    with ThreadPoolExecutor(threads) as pool:
        futures = [pool.submit(work) for _ in range(threads)]
    for future in futures:
        future.result(PATIENCE)

    assert count(first) == threads * times


def test_many_processes_add_and_none_is_refused_or_lost(path, first):
    times = 15
    processes = [writer(path, str(times)) for _ in range(3)]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    for _ in range(times):
        add_one(first)

    said = [process.communicate(timeout=PATIENCE)[1] for process in processes]

    assert [(p.returncode, s) for p, s in zip(processes, said, strict=True)] == [(0, "")] * 3
    assert count(first) == 4 * times


def test_a_killed_writer_leaves_the_queue(path, first):
    process = writer(path, "hold")
    assert process.stdout.readline() == "holding\n"
    waiting = in_thread(run, first, ADD)
    assert not waiting.done()

    process.kill()
    process.communicate()

    waiting.result(PATIENCE)
    assert count(first) == 1


@pytest.mark.parametrize("how", ["commit", "rollback"])
def test_the_next_writer_waits_until_the_first_has_ended(first, second, how):
    begin(first)
    run(first, ADD)
    waiting = in_thread(add_one, second)
    assert not waiting.done()

    end(first, how=how)

    waiting.result(PATIENCE)
    assert count(first) == (2 if how == "commit" else 1)


def test_a_closed_connection_leaves_the_queue(first, second):
    begin(first)
    waiting = in_thread(add_one, second)
    assert not waiting.done()

    first.close()

    waiting.result(PATIENCE)
    assert count(second) == 1


def test_a_transaction_that_cannot_begin_leaves_the_queue(first, second):
    first.transaction_mode = "NONSENSE"
    with pytest.raises(OperationalError, match="syntax error"):
        begin(first)

    add_one(second)

    assert count(second) == 1


def test_an_error_and_its_rollback_leave_the_queue(first, second):
    begin(first)
    with pytest.raises(IntegrityError):
        run(first, "INSERT INTO counter VALUES (1, 0)")
    end(first, how="rollback")

    add_one(second)

    assert count(second) == 1


def test_a_commit_that_fails_leaves_the_queue(first, second):
    run(
        first,
        "CREATE TABLE part (of_id INTEGER REFERENCES counter (id) DEFERRABLE INITIALLY DEFERRED)",
    )
    begin(first)
    run(first, "INSERT INTO part VALUES (99)")
    with pytest.raises(IntegrityError):
        first.commit()
    end(first, how="rollback")

    add_one(second)

    assert count(second) == 1


def test_a_single_write_waits_for_its_turn_and_gives_it_back(first, second):
    begin(first)
    waiting = in_thread(run, second, ADD)
    assert not waiting.done()
    end(first)
    waiting.result(PATIENCE)

    add_one(first)

    assert count(first) == 2


@pytest.mark.parametrize(
    "sql", ["INSERT INTO counter VALUES (1, 0)", "insert into counter values (1, 0)", " INSERT x"]
)
def test_a_single_write_that_fails_leaves_the_queue(first, second, sql):
    with pytest.raises((IntegrityError, OperationalError)):
        run(first, sql)

    add_one(second)

    assert count(second) == 1


def test_single_writes_are_not_starved_by_transactions_that_never_pause(path, first):
    """Without a turn of their own they would find SQLite locked again and again."""
    stop = threading.Event()

    def never_pause():
        connection = connect(path)
        while not stop.is_set():
            add_one(connection)
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        busy = [pool.submit(never_pause) for _ in range(2)]
        try:
            for number in range(2, 32):
                run(first, "INSERT INTO counter VALUES (%s, 0)", [number])
            with first.cursor() as cursor:
                cursor.executemany("UPDATE counter SET n = n + 1 WHERE id = %s", [[2], [3]])
        finally:
            stop.set()
    for future in busy:
        future.result(PATIENCE)

    assert run(first, "SELECT count(*), sum(n) FROM counter WHERE id > 1") == [(30, 2)]


def test_a_write_that_returns_rows_leaves_the_queue(first, second):
    assert run(first, "INSERT INTO counter VALUES (7, 3), (8, 4) RETURNING id, n") == [
        (7, 3),
        (8, 4),
    ]

    add_one(second)

    assert count(second) == 1


#: `scrub` (kit/scrubbing.py) empties the log with the first.
@pytest.mark.parametrize(
    "sql",
    [
        "PRAGMA wal_checkpoint(TRUNCATE)",
        " pragma main.wal_checkpoint",
        "PRAGMA optimize",
        "VACUUM",
        "CREATE TABLE late (n)",
        "WITH one AS (SELECT 1) UPDATE counter SET n = n",
    ],
)
def test_a_checkpoint_and_whatever_else_changes_the_file_queues(first, second, sql):
    begin(first)
    waiting = in_thread(run, second, sql)
    assert not waiting.done()

    end(first)

    waiting.result(PATIENCE)
    # And has given the queue back.
    add_one(first)


def test_a_checkpoint_around_the_queue_would_not_wait(path, first):
    around = connect(path, engine="django.db.backends.sqlite3")
    begin(first)
    run(first, ADD)

    assert run(around, "PRAGMA wal_checkpoint(TRUNCATE)")[0][0] == 1

    end(first)
    around.close()


@pytest.mark.parametrize(
    "sql", ["SELECT 1", "EXPLAIN UPDATE counter SET n = 1", "WITH a AS (SELECT 1) SELECT * FROM a"]
)
def test_what_only_reads_does_not_queue(first, second, sql):
    begin(first)
    run(second, sql)
    end(first)


def test_readers_wait_for_nobody(first, second):
    begin(first)
    run(first, ADD)

    assert count(second) == 0

    end(first)
    assert count(second) == 1


def test_a_write_with_autocommit_off_keeps_its_turn_until_commit(first, second):
    first.set_autocommit(False)
    run(first, ADD)
    waiting = in_thread(run, second, ADD)
    assert not waiting.done()

    first.commit()
    first.set_autocommit(True)

    waiting.result(PATIENCE)
    assert count(first) == 2


def test_a_database_in_memory_has_no_queue(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    connection = connect(":memory:")
    make_counter(connection)
    with transaction(connection):
        run(connection, ADD)

    assert (count(connection), list(tmp_path.iterdir())) == (1, [])


def test_a_folder_that_is_called_memory_has_a_queue(tmp_path):
    folder = tmp_path / "in-memory-of-1919"
    folder.mkdir()
    connection = connect(folder / "house.sqlite3")
    make_counter(connection)
    connection.close()

    assert (folder / "house.sqlite3.queue").stat().st_mode & 0o777 == 0o600


def test_the_pragmas_of_the_settings_hold(first):
    assert run(first, "PRAGMA journal_mode") == [("wal",)]
    assert run(first, "PRAGMA synchronous") == [(2,)]
    assert run(first, "PRAGMA foreign_keys") == [(1,)]
    assert run(first, "PRAGMA mmap_size") == [(0,)]


def test_no_pattern_runs_in_the_database(first):
    """It would be Python's, and hold the interpreter."""
    with first.cursor() as cursor, pytest.raises(OperationalError):
        cursor.execute("SELECT '1' REGEXP '1'")


def test_no_table_numbers_its_rows_in_secret():
    """Where the key is no number, a copy tells no order: neither of sessions nor of marks."""
    numbered, secret = set(), set()
    for model in apps.get_models(include_auto_created=True):
        with django_connection.cursor() as cursor:
            try:
                cursor.execute(f"SELECT rowid FROM {model._meta.db_table}")  # noqa: S608
                numbered.add(model)
            except OperationalError:
                secret.add(model)

    keys = {model._meta.pk.db_type(django_connection) for model in numbered}
    assert (keys, Session in secret) == ({"integer"}, True)
