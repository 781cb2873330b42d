"""Pages by key, not by number: page 1,000 costs what page 1 costs, and links stay true.

A link says after which row the page begins, so rows that arrive meanwhile shift nothing.
"""

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL

M = TypeVar("M", bound=Model)

PAGE_SIZE = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Key:
    """How a list is ordered: by one column, then by primary key, both in one direction."""

    column: str
    descending: bool
    write: Callable[[Any], str]
    read: Callable[[str], Any]


@dataclass(frozen=True)
class Page(Generic[M]):
    items: list[M]
    #: The value of `after` for the page that follows; empty on the last page.
    next_after: str


def _read_time(text: str) -> datetime:
    return _EPOCH + timedelta(microseconds=int(text))


def _write_time(value: datetime) -> str:
    return str((value - _EPOCH) // timedelta(microseconds=1))


def by_time(column: str, *, descending: bool = True) -> Key:
    return Key(column, descending, _write_time, _read_time)


def _read_number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("no row has such a number")
    return value


def by_number(column: str, *, descending: bool = True) -> Key:
    return Key(column, descending, repr, _read_number)


def page(queryset: QuerySet[M], *, key: Key, after: str = "", size: int = PAGE_SIZE) -> Page[M]:
    """One page of `queryset` in the order of `key`, beginning behind `after`.

    An `after` that is not ours (edited, cut off) begins at the top. One query.
    """
    return cut(list(ordered(queryset, key, start(key, after))[: size + 1]), key, size)


def ordered(queryset: QuerySet[M], key: Key, behind: tuple[Any, Any] | None = None) -> QuerySet[M]:
    """All of it in the order of `key`, or what follows the row with this value and number."""
    sign, than = ("-", "lt") if key.descending else ("", "gt")
    rows = queryset.order_by(f"{sign}{key.column}", f"{sign}pk")
    if behind is None:
        return rows
    value, pk = behind
    # The first filter lets the index find the place; the second settles ties.
    return rows.filter(**{f"{key.column}__{than}e": value}).filter(
        Q(**{f"{key.column}__{than}": value}) | Q(**{f"pk__{than}": pk})
    )


def cut(rows: list[M], key: Key, size: int) -> Page[M]:
    """A page of `size` rows, of which one more was read where there is one."""
    if len(rows) <= size:
        return Page(rows, "")
    last = rows[size - 1]
    return Page(rows[:size], f"{key.write(getattr(last, key.column))}~{last.pk}")


#: SQLite takes 500 in one query.
_PARTS_MOST = 400


def narrowed(
    queryset: QuerySet[M],
    by: Mapping[str, Collection[Any]],
    *,
    key: Key,
    behind: tuple[Any, Any] | None = None,
    size: int = PAGE_SIZE,
) -> QuerySet[M]:
    """Those of `queryset` that can be on the page: each of the columns `by` has one of its values.

    For each combination of values the first rows are read, in the order of an index that begins
    with these columns; asked for several values at once, the database would sort all there are.
    In a prepared query a value may be one that isn't known yet.
    """
    parts = list(product(*by.values()))
    if not parts or len(parts) > _PARTS_MOST:
        return queryset.filter(**{f"{column}__in": list(given) for column, given in by.items()})
    # Compiled once with words that stand for the values.
    marks = {f"\x00{column}": place for place, column in enumerate(by)}
    rows = queryset.filter(**{mark[1:]: mark for mark in marks})
    part = ordered(rows, key, behind).values("pk")[: size + 1]
    sql, params = part.query.sql_with_params()
    union = " UNION ALL ".join([f"SELECT * FROM ({sql}) AS part"] * len(parts))  # noqa: S608
    given = [
        written
        for values in parts
        for one in params
        for written in (
            _params(values[marks[one]]) if isinstance(one, str) and one in marks else [one]
        )
    ]
    # Nothing else is asked of them anew: it would only lead the database to another index.
    found = queryset.model._default_manager.all()
    return found.filter(pk__in=RawSQL(union, given))  # noqa: S611 # nosec B611 - compiled by Django


def _params(value: Any) -> list[Any]:
    return list(value.as_sql(None, None)[1]) if hasattr(value, "as_sql") else [value]


def start(key: Key, after: str) -> tuple[Any, int] | None:
    """The value and the number of the row that `after` names; None where it names none."""
    text, _, pk = after.partition("~")
    try:
        number = int(pk)
        value = key.read(text)
    except (ValueError, OverflowError):
        return None
    return (value, number) if 0 < number < 2**63 else None
