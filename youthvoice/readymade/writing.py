"""Inserting rows by SQL that is made once a process, for acts that everybody waits for.

Django makes the same INSERT anew for each row, which takes it several times as long as the
database needs for it.
"""

from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import NOT_PROVIDED, Field, Model
from django.db.models.signals import post_save, pre_save
from django.db.models.sql import InsertQuery

_Row = TypeVar("_Row", bound=Model)


def insert(row: _Row) -> _Row:
    """Save a new row, as `save(force_insert=True)` does; gives it back. One query.

    No column may hold an expression. Where a model's saving does more than to write its row,
    Django does it.
    """
    model = type(row)
    if not _is_plain(model) or pre_save.has_listeners(model) or post_save.has_listeners(model):
        row.save(force_insert=True)
        return row
    row._prepare_related_fields_for_save("save")  # type: ignore[attr-defined]
    connection, is_numbered = connections[DEFAULT_DB_ALIAS], row.pk is not None
    sql, fields = _made(model, is_numbered, connection.vendor)
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    with transaction.mark_for_rollback_on_error(connection.alias), connection.cursor() as cursor:
        cursor.execute(sql, values)
        if not is_numbered:
            (row.pk,) = cursor.fetchone()
    row._state.db, row._state.adding = connection.alias, False
    return row


@cache
def _is_plain(model: type[Model]) -> bool:
    """Whether saving is one INSERT, of which the database gives back a number at most."""
    meta = model._meta
    ways = ("save", "save_base", "_save_table", "_do_insert")
    is_usual = all(getattr(model, way) is getattr(Model, way) for way in ways)
    is_given = all(field.db_default is NOT_PROVIDED for field in meta.local_concrete_fields)
    returned = set(meta.db_returning_fields) - {meta.pk}
    return is_usual and is_given and not meta.parents and not returned and len(meta.pk_fields) == 1


@cache
def _made(model: type[Model], is_numbered: bool, vendor: str) -> tuple[str, list[Field[Any, Any]]]:
    meta: Any = model._meta
    fields = [field for field in meta.local_concrete_fields if is_numbered or field != meta.pk]
    query: Any = InsertQuery(model)
    query.insert_values(fields, [model()], raw=True)
    compiler = query.get_compiler(connection=connections[DEFAULT_DB_ALIAS])
    compiler.returning_fields = [] if is_numbered else [meta.pk]
    ((sql, _values),) = compiler.as_sql()
    return sql, fields


def change(row: Model, **to: Any) -> bool:
    """Set columns of a row in the database and here; False where there is no such row. One query.

    Of one that others may change meanwhile its lock is held: nothing is compared.
    """
    model, connection = type(row), connections[DEFAULT_DB_ALIAS]
    sql, fields = _changing(model, tuple(to), connection.vendor)
    values = [field.get_db_prep_save(to[field.attname], connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, row.pk])
        is_there = bool(cursor.rowcount)
    for name, value in to.items():
        setattr(row, name, value)
    return is_there


def add(model: type[Model], pk: Any, **by: int) -> bool:
    """Add to columns of a row; False where there is no such row. One query."""
    connection = connections[DEFAULT_DB_ALIAS]
    sql, _fields = _changing(model, tuple(by), connection.vendor, is_added=True)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*by.values(), pk])
        return bool(cursor.rowcount)


@cache
def _changing(
    model: type[Model], names: tuple[str, ...], vendor: str, *, is_added: bool = False
) -> tuple[str, list[Field[Any, Any]]]:
    meta: Any = model._meta
    quoted = connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields = [meta.get_field(name) for name in names]
    columns = [quoted(field.column) for field in fields]
    to = ", ".join(f"{name} = {name} + %s" if is_added else f"{name} = %s" for name in columns)
    sql = f"UPDATE {quoted(meta.db_table)} SET {to} WHERE {quoted(meta.pk.column)} = %s"  # noqa: S608 # nosec B608 - our own words
    return sql, fields
