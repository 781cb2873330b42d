"""What a copy of the database tells without any key: all rows in their order, and the log of
writes, commit by commit.

Nothing here knows a table of ours: whatever the house keeps from now on is looked at too.
"""

import glob
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection

from youthvoice.kit.sqlite.library import sqlite3

Row = dict[str, Any]


@dataclass(frozen=True)
class Touch:
    """That a commit made, changed or deleted a row; what it says since, or said last."""

    table: str
    row: str
    values: tuple[tuple[str, Any], ...]


@dataclass
class Copy:
    #: In the order in which the copy holds them, as it tells the order of making.
    rows: dict[str, list[Row]] = field(default_factory=dict)
    commits: list[list[Touch]] = field(default_factory=list)
    #: How the log could be read, for whoever looks at the figure.
    log: str = ""
    #: False where only the rows tell which commit wrote them, the last one.
    has_log: bool = True

    def without(self, tables: tuple[str, ...]) -> "Copy":
        commits = [[t for t in commit if t.table not in tables] for commit in self.commits]
        rows = {name: rows for name, rows in self.rows.items() if name not in tables}
        return Copy(rows, [commit for commit in commits if commit], self.log, self.has_log)


def begin() -> str:
    """From here on all of the log is kept; gives what `take` needs."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA wal_autocheckpoint=0")
            return ""
        cursor.execute("CHECKPOINT")
        # Else what others do on the server could make it drop the log before we have read it.
        cursor.execute(
            "SELECT pg_create_physical_replication_slot('copy_' || pg_backend_pid(), true, true)"
        )
        cursor.execute("SELECT pg_current_wal_insert_lsn()")
        return str(cursor.fetchone()[0])


def take(begun: str, folder: Path) -> Copy:
    return _of_sqlite(folder) if connection.vendor == "sqlite" else _of_postgresql(begun)


# --- SQLite --------------------------------------------------------------------------------


def _of_sqlite(folder: Path) -> Copy:
    name = str(connection.settings_dict["NAME"])
    for end in ("", "-wal"):
        # By another process: closing the file here would take away the locks of our own.
        subprocess.run(["cp", f"{name}{end}", str(folder / f"copy{end}")], check=True)
    file = folder / "replayed"
    image = bytearray((folder / "copy").read_bytes())
    found = Copy(log="the write-ahead log, commit by commit")
    before: dict[str, dict[str, Row]] = {}
    pages: dict[int, str] = {}
    with _opened(image, file) as database:
        for table in _tables(database):
            before[table] = _rows(database, table)
    for changed in _commits((folder / "copy-wal").read_bytes(), image):
        with _opened(image, file) as database:
            if not changed <= pages.keys():
                pages = _pages(database, image)
            touches = []
            for table in {pages.get(page, "") for page in changed} & set(_tables(database)):
                now, was = _rows(database, table), before.get(table, {})
                for row in now.keys() | was.keys():
                    if now.get(row) != was.get(row):
                        values = tuple((now.get(row) or was[row]).items())
                        touches.append(Touch(table, f"{table} {row}", values))
                before[table] = now
        if touches:
            found.commits.append(touches)
    found.rows = {table: list(rows.values()) for table, rows in before.items()}
    return found


def _commits(log: bytes, image: bytearray) -> Iterator[set[int]]:
    """Lay the log's frames over the image; at each commit it gives the pages that changed."""
    size, salts = int.from_bytes(log[8:12], "big"), log[16:24]
    changed: set[int] = set()
    for start in range(32, len(log), 24 + size):
        head, page = log[start : start + 24], log[start + 24 : start + 24 + size]
        if head[8:16] != salts or len(page) < size:
            break
        number = int.from_bytes(head[:4], "big")
        if len(image) < number * size:
            image.extend(bytes(number * size - len(image)))
        image[(number - 1) * size : number * size] = page
        changed.add(number)
        if int.from_bytes(head[4:8], "big"):
            yield changed
            changed = set()


@contextmanager
def _opened(image: bytearray, file: Path) -> Iterator[Any]:
    # As a file that has no log beside it.
    image[18:20] = b"\x01\x01"
    image[28:32] = (len(image) // _page_size(image)).to_bytes(4, "big")
    file.write_bytes(image)
    database = sqlite3.connect(file)
    try:
        yield database
    finally:
        database.close()


def _page_size(image: bytearray) -> int:
    return int.from_bytes(image[16:18], "big")


def _pages(database: Any, image: bytearray) -> dict[int, str]:
    """Which table or index each page belongs to."""
    roots = database.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0")
    found = dict.fromkeys(_tree(image, 1), "sqlite_schema")
    for name, root in roots:
        found.update(dict.fromkeys(_tree(image, root), name))
    return found


def _tree(image: bytearray, number: int) -> Iterator[int]:
    """The pages of a tree, and those on which what is too long for them goes on."""
    size = _page_size(image)
    start = (number - 1) * size
    head = start + (100 if number == 1 else 0)
    kind = image[head]
    is_inner, is_index = kind in (2, 5), kind in (2, 10)
    yield number
    if is_inner:
        yield from _tree(image, _number(image, head + 8))
    first, cells = head + (12 if is_inner else 8), int.from_bytes(image[head + 3 : head + 5], "big")
    for place in range(first, first + 2 * cells, 2):
        cell = start + int.from_bytes(image[place : place + 2], "big")
        if is_inner:
            yield from _tree(image, _number(image, cell))
            cell += 4
        if is_index or not is_inner:
            yield from _overflowing(image, cell, is_index=is_index)


def _overflowing(image: bytearray, cell: int, *, is_index: bool) -> Iterator[int]:
    size = _page_size(image)
    length, cell = _varint(image, cell)
    if not is_index:
        _rowid, cell = _varint(image, cell)
    most = (size - 12) * 64 // 255 - 23 if is_index else size - 35
    if length <= most:
        return
    least = (size - 12) * 32 // 255 - 23
    here = least + (length - least) % (size - 4)
    page = _number(image, cell + (here if here <= most else least))
    while page:
        yield page
        page = _number(image, (page - 1) * size)


def _number(image: bytearray, place: int) -> int:
    return int.from_bytes(image[place : place + 4], "big")


def _varint(image: bytearray, place: int) -> tuple[int, int]:
    """The number, and where what follows it begins."""
    value = 0
    for length in range(1, 9):
        byte = image[place + length - 1]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + length
    return value << 8 | image[place + 8], place + 9


def _tables(database: Any) -> list[str]:
    found = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return [name for (name,) in found if not name.startswith("sqlite_")]


def _rows(database: Any, table: str) -> dict[str, Row]:
    """By the number that SQLite gave each, where it gave one; else by their key."""
    try:
        read = database.execute(f'SELECT rowid, * FROM "{table}" ORDER BY rowid')  # noqa: S608
        names = [column[0] for column in read.description][1:]
        return {str(n): dict(zip(names, row, strict=True)) for n, *row in read}
    except sqlite3.OperationalError:
        told = database.execute(f'PRAGMA table_info("{table}")').fetchall()
        keys = [name for _n, name, *_rest, key in told if key]
        read = database.execute(f'SELECT * FROM "{table}"')  # noqa: S608
        names = [column[0] for column in read.description]
        rows = [dict(zip(names, row, strict=True)) for row in read]
        return {str([row[key] for key in keys]): row for row in rows}


# --- PostgreSQL ----------------------------------------------------------------------------

_HEAP = re.compile(r"tx:\s+(\d+), lsn: (\S+), .*desc: (\w+)(?:\+INIT)? ")
#: Which file of which database: the server's log is one for all, and copies have the same numbers.
_BLOCKS = re.compile(r"blkref #(\d+): rel \d+/(\d+/\d+) (?:fork \w+ )?blk (\d+)")
_OLD, _NEW = re.compile(r"(?<!new )\boff (\d+)"), re.compile(r"new off (\d+)")


def _of_postgresql(begun: str) -> Copy:
    found = Copy()
    places: dict[tuple[str, str], Row] = {}
    order: dict[int, list[tuple[str, str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "|| '/' || pg_relation_filenode(oid) FROM pg_class "
            "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        files = {file: name for name, file in cursor.fetchall()}
        for table in files.values():
            told = f'ctid::text, xmin::text::bigint, * FROM "{table}" ORDER BY ctid'
            cursor.execute(f"SELECT {told}")
            names = [column[0] for column in cursor.description][2:]
            rows = []
            for place, transaction, *values in cursor.fetchall():
                row = dict(zip(names, values, strict=True))
                rows.append(row)
                places[table, place] = row
                order.setdefault(transaction, []).append((table, place))
            found.rows[table] = rows
        lines = _log_of_postgresql(cursor, begun)
    if lines is None:
        found.has_log = False
        found.log = "the transactions that rows tell (pg_waldump can't read the data folder)"
        found.commits = [
            [Touch(t, f"{t} {p}", tuple(places[t, p].items())) for t, p in order[transaction]]
            for transaction in sorted(order)
        ]
        return found
    found.log = "the write-ahead log of the data folder, commit by commit"
    found.commits = _replayed(lines, files, places)
    return found


def _log_of_postgresql(cursor: Any, begun: str) -> list[str] | None:
    """What pg_waldump reads in the data folder; None where this isn't its machine."""
    tools = [shutil.which("pg_waldump"), *glob.glob("/usr/lib/postgresql/*/bin/pg_waldump")]
    cursor.execute("SHOW data_directory")
    folder = Path(cursor.fetchone()[0]) / "pg_wal"
    tool = next((tool for tool in tools if tool), None)
    try:
        if tool is None or not any(folder.iterdir()):
            return None
    except OSError:
        return None
    # What was committed before it has reached the files once this has. A transaction that writes
    # nothing would not wait for them.
    cursor.execute("SET synchronous_commit = on")
    cursor.execute("SELECT pg_logical_emit_message(true, 'copy', '')")
    cursor.execute("SELECT pg_current_wal_flush_lsn()")
    end = str(cursor.fetchone()[0])
    told = subprocess.run(
        [tool, "-p", str(folder), "-s", begun, "-e", end],
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout.splitlines() or None


def _replayed(
    lines: list[str], files: dict[str, str], places: dict[tuple[str, str], Row]
) -> list[list[Touch]]:
    """Which rows each transaction touched; a row that was changed is the one that it was."""
    rows: dict[tuple[str, str], str] = {}
    touched: dict[str, list[tuple[str, str]]] = {}
    order: list[str] = []
    last: dict[str, tuple[str, str]] = {}

    def row_at(table: str, place: str) -> str:
        return rows.setdefault((table, place), f"{table} {place}")

    for line in lines:
        head = _HEAP.search(line)
        if head is None:
            continue
        transaction, lsn, what = head.groups()
        if what == "COMMIT":
            order.append(transaction)
            continue
        blocks = _BLOCKS.findall(line)
        if not blocks or blocks[0][1] not in files or not line.startswith("rmgr: Heap"):
            continue
        table, block = files[blocks[0][1]], blocks[0][2]
        old, new = _OLD.search(line), _NEW.search(line)
        if old is None:
            continue
        if what == "INSERT":
            place = f"({block},{old[1]})"
            row = rows[table, place] = f"{table} {lsn}"
        elif new is not None:
            before = f"({blocks[-1][2]},{old[1]})"
            place = f"({block},{new[1]})"
            row = rows[table, place] = row_at(table, before)
        else:
            place = f"({block},{old[1]})"
            row = row_at(table, place)
        last[row] = (table, place)
        touched.setdefault(transaction, []).append((table, row))
    return [
        [
            Touch(table, row, tuple(places.get(last[row], {}).items()))
            for table, row in dict.fromkeys(touched[transaction])
        ]
        for transaction in order
        if transaction in touched
    ]
