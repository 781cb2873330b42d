"""Which SQLite the house runs on: the one place that chooses it, and says which it is.

`pysqlite3` carries a newer SQLite than most systems have. Where its wheel is installed it takes
the place of the standard library's `sqlite3` for the whole process, before Django's back end is
imported: two SQLites that open one file in one process would drop each other's locks. So nobody
else imports either of them; whoever needs one takes `sqlite3` from here.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

#: The first versions in which a checkpoint no longer loses pages that are committed beside it
#: (the "WAL-reset bug", there since 3.7.0): of the main line, and of the two lines that were
#: mended besides.
_MENDED = (3, 51, 3)
_MENDED_LINES = ((3, 50, 7), (3, 44, 6))


def _chosen() -> tuple[ModuleType, str]:
    try:
        better = import_module("pysqlite3")
    except ImportError:
        return import_module("sqlite3"), "Python"
    sys.modules["sqlite3"] = better
    sys.modules["sqlite3.dbapi2"] = import_module("pysqlite3.dbapi2")
    return better, "pysqlite3"


_found, FROM = _chosen()
sqlite3: Any = _found
VERSION: tuple[int, ...] = sqlite3.sqlite_version_info


def is_mended(version: tuple[int, ...]) -> bool:
    return version >= _MENDED or any(
        version[:2] == line[:2] and version >= line for line in _MENDED_LINES
    )


def is_safe() -> bool:
    """Whether this SQLite keeps what was committed, whatever runs beside a checkpoint."""
    return is_mended(VERSION)


def told() -> str:
    return f"SQLite {sqlite3.sqlite_version} ({FROM})"


def warning() -> list[str]:
    """What operators must read of a SQLite that may lose data: sentences, or none."""
    if is_safe():
        return []
    return [
        f"危险：{told()} 有一个会丢失已保存数据的缺陷（WAL-reset）。请换用 3.51.3 或更新的版本："
        "在有 pysqlite3 安装包的系统上重新运行 ./run，或改用 PostgreSQL。",
        f"DANGER: {told()} has a bug that can lose committed data (WAL-reset). Run on 3.51.3 or "
        "newer: on a system for which pysqlite3 has a wheel, or on PostgreSQL.",
    ]
