"""A writer on a SQLite file as the settings describe it; also a program, for other processes.

python -m tests.config.writer PATH TIMES    say so, wait for a line, and add one so many times
python -m tests.config.writer PATH hold     begin to write, say so, and never end
"""

import sys
import time
from contextlib import contextmanager

import django
from django.conf import settings
from django.db.utils import ConnectionHandler

from config.database import sqlite


def connect(path, *, engine=None, timeout=0):
    """A connection of its own. With a `timeout` of 0 seconds SQLite waits for nobody."""
    values = sqlite(path)
    values["OPTIONS"] = values["OPTIONS"] | {"timeout": timeout}
    values |= {"ENGINE": engine} if engine else {}
    connection = ConnectionHandler({"default": values})["default"]
    # A test may open it here and use it in a thread.
    connection.inc_thread_sharing()
    return connection


def begin(connection):
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(connection, *, how="commit"):
    """Commit or roll back, and be as before."""
    getattr(connection, how)()
    connection.set_autocommit(True)


@contextmanager
def transaction(connection):
    begin(connection)
    yield
    end(connection)


def run(connection, sql, params=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def make_counter(connection):
    run(connection, "CREATE TABLE counter (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)")
    run(connection, "INSERT INTO counter VALUES (1, 0)")


def count(connection):
    return run(connection, "SELECT n FROM counter WHERE id = 1")[0][0]


def add_one(connection):
    """Read, think, write: loses what others add in between, unless writers queue."""
    with transaction(connection):
        n = count(connection)
        time.sleep(0.0005)
        run(connection, "UPDATE counter SET n = %s WHERE id = 1", [n + 1])


def main(path, what):
    settings.INSTALLED_APPS = []  # none is needed here, and loading ours takes a second
    django.setup()
    connection = connect(path)
    if what == "hold":
        begin(connection)
        print("holding", flush=True)  # noqa: T201 - the test waits for this line
        time.sleep(600)
    count(connection)
    print("ready", flush=True)  # noqa: T201 - so that all begin at once
    sys.stdin.readline()
    for _ in range(int(what)):
        add_one(connection)
    connection.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
