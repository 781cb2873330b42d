"""Make the data folder ready for this version: database, static files, instance, demo.

One Django process for all of it, and nothing is done twice: a start with nothing to do
costs little more than loading Django.
"""

import hashlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from youthvoice.cli import settings_checked
from youthvoice.supervisor.say import log

#: The number of our advisory lock in PostgreSQL: any, but the same in every version.
PREPARING = 0x796F757468


def main(words: Sequence[str]) -> int:
    """Prepare all; `--no-demo` leaves the demo out. Returns the exit status."""
    with settings_checked():
        import django  # noqa: PLC0415 - the settings must be checked round it
        from django.core.management import call_command  # noqa: PLC0415

        django.setup()
        steps: dict[str, Callable[[], object]] = {
            "database": migrate,
            "instance": lambda: call_command("load_instance", verbosity=0),
            "demo": lambda: call_command(
                "load_demo", "--decline" if "--no-demo" in words else "--first-start", verbosity=0
            ),
            "static": collect_static,
        }
        with alone():
            for name, step in steps.items():
                begun = time.monotonic()
                step()
                log("prepare.done", step=name, seconds=round(time.monotonic() - begun, 2))
    return 0


@contextmanager
def alone() -> Iterator[None]:
    """Let nobody else prepare the same database meanwhile.

    On SQLite the lock of the data folder sees to that; a PostgreSQL server may be shared
    by machines that start at the same moment.
    """
    from django.db import connection  # noqa: PLC0415

    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])


def migrate() -> None:
    """Apply the migrations that are missing.

    The command itself would take several times as long only to find that there are none.
    """
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415

    tell_sqlite()
    if MigrationRecorder(connection).has_table():
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return
    with unhurried():
        call_command("migrate", interactive=False, verbosity=0)


#: What lets this connection's commits go to the disk when there is time, and no longer.
UNHURRIED = {
    "sqlite": ("PRAGMA synchronous=NORMAL", "PRAGMA synchronous=FULL"),
    "postgresql": ("SET synchronous_commit TO off", "RESET synchronous_commit"),
}


@contextmanager
def unhurried() -> Iterator[None]:
    """Wait for the disk once, with the next commit, and not with each table's.

    A power cut meanwhile takes the last steps back, in order, and they are done again.
    """
    from django.db import connection  # noqa: PLC0415

    begin, end = UNHURRIED[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute(end)


def tell_sqlite() -> None:
    """Say which SQLite this is; a bad one loudly, at each start."""
    from django.db import connection  # noqa: PLC0415

    if connection.vendor != "sqlite":
        return
    # Our own back end's, which knows; the supervisor knows no app.
    library = connection.library  # type: ignore[attr-defined]
    log("prepare.sqlite", sqlite=library.told(), safe=library.is_safe())
    for sentence in library.warning():
        log("prepare.sqlite_unsafe", level="critical", told=sentence)
        print(sentence, file=sys.stderr, flush=True)


def collect_static() -> None:
    """Collect the static files into the data folder when their sources have changed."""
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name(root.name + ".stamp")
    seen = static_fingerprint()
    if root.is_dir() and stamp.is_file() and stamp.read_text(encoding="ascii") == seen:
        return
    # The stamp is the last thing written: an interrupted run is done again.
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=root.is_dir())
    stamp.write_text(seen, encoding="ascii")


def static_fingerprint() -> str:
    """Changes when any source file's path, size or time, or the storage, changes."""
    from django.conf import settings  # noqa: PLC0415
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415

    digest = hashlib.sha256(repr(settings.STORAGES).encode())
    for finder in get_finders():
        for name, storage in finder.list(["CVS", ".*", "*~"]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
