"""Queries whose SQL is made once a process, for what pages read over and over.

Django makes the same SQL anew for each page, which takes it several times as long as the database
needs to answer. A prepared query is a function that gives a QuerySet; what differs from page to
page are the values that it names, and calling it gives the rows:

    @prepared("number")
    def _question(number):
        return Question.objects.filter(pk=number)

    found = _question(number=7)

A value that is a list stands behind `__in`. What else is given (an order, a size, None) is part of
the query: there is one SQL for each. Nothing more may come into it: no time, and nothing of a row.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.models.signals import post_init, pre_init

from youthvoice.kit import paging

#: Lists are filled up to lengths of which there are few, by what they hold already.
_LENGTHS = (1, 2, 4, 8, 16, 32, 64, 128, 256)


_NUMBERS_END = 2**63
#: How a value is written, by its type.
_FIELDS: dict[type, Field[Any, Any]] = {
    int: models.BigIntegerField(),
    float: models.FloatField(),
    str: models.TextField(),
    bytes: models.BinaryField(),
    datetime: models.DateTimeField(),
}


@dataclass(frozen=True)
class _Place:
    """Where a value stands in the SQL: in a list at a place of its own."""

    name: str
    at: int
    field: Field[Any, Any]


class _Given(Expression):
    """A value, or a list of so many, that is not known yet."""

    def __init__(self, name: str, value: object) -> None:
        self._is_list = isinstance(value, list)
        values = value if isinstance(value, list) else [value]
        field = next(_FIELDS[kind] for kind in type(values[0]).__mro__ if kind in _FIELDS)
        super().__init__(output_field=field)
        self._places = [
            _Place(name, at if self._is_list else -1, field) for at, _one in enumerate(values)
        ]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        marks = ", ".join(["%s"] * len(self._places))
        return f"({marks})" if self._is_list else marks, list(self._places)


@dataclass(frozen=True)
class _Made:
    sql: str
    params: list[Any]
    build: Callable[[Iterator[Sequence[Any]], str], list[Any]]
    converters: list[tuple[int, list[Callable[..., Any]], Any]]


class Prepared:
    def __init__(self, build: Callable[..., QuerySet[Any]], names: frozenset[str]) -> None:
        self._build, self._names = build, names
        self._made: dict[tuple[object, ...], _Made] = {}
        self.__doc__ = build.__doc__

    def __call__(self, **given: Any) -> list[Any]:
        """The rows; none, and no query, where a list is empty."""
        return self._rows(self._build, given, ())

    def first(self, **given: Any) -> Any:
        """The first row, or None."""
        return next(iter(self(**given)), None)

    def page(
        self, *, key: paging.Key, after: str = "", size: int = paging.PAGE_SIZE, **given: Any
    ) -> paging.Page[Any]:
        """One page of the rows, as `paging.page` gives it."""
        start = paging.start(key, after)

        def build(**named: Any) -> QuerySet[Any]:
            behind = (named.pop("_value"), named.pop("_number")) if start else None
            return paging.ordered(self._build(**named), key, behind)[: size + 1]

        if start:
            given |= {"_value": start[0], "_number": start[1]}
        return paging.cut(self._rows(build, given, (key, size)), key, size)

    def _rows(
        self, build: Callable[..., QuerySet[Any]], given: dict[str, Any], kind: tuple[object, ...]
    ) -> list[Any]:
        connection = connections[DEFAULT_DB_ALIAS]
        values: dict[str, Any] = {}
        parts: list[object] = [connection.vendor, *kind]
        for name, value in given.items():
            if value is not None and (name in self._names or name.startswith("_")):
                if isinstance(value, list):
                    if not value:
                        return []
                    length = next((n for n in _LENGTHS if n >= len(value)), len(value))
                    value = value + value[-1:] * (length - len(value))
                    parts += (name, length, type(value[0]))
                else:
                    if isinstance(value, int) and abs(value) >= _NUMBERS_END:
                        # No row has such a number, and no database can be asked for it.
                        return []
                    parts += (name, type(value))
                values[name] = value
            else:
                parts += (name, value)
        made = self._made.get(tuple(parts))
        if made is None:
            made = self._made[tuple(parts)] = _make(
                build(**given | {name: _Given(name, value) for name, value in values.items()}),
                connection,
            )
        return _read(made, values, connection)


def _make(rows: QuerySet[Any], connection: BaseDatabaseWrapper) -> _Made:
    compiler = rows.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    expressions = [column[0] for column in compiler.select[: compiler.col_count]]
    found = compiler.get_converters(expressions).items()
    converters = [(at, _quick(how, connection), expression) for at, (how, expression) in found]
    return _Made(sql, list(params), _builder(rows, compiler), converters)


def prepared(*values: str) -> Callable[[Callable[..., QuerySet[Any]]], Prepared]:
    """Makes a function that gives a QuerySet a prepared query; `values` are names of what may
    differ from call to call."""
    return lambda build: Prepared(build, frozenset(values))


def _read(made: _Made, values: dict[str, Any], connection: BaseDatabaseWrapper) -> list[Any]:
    params = [
        _written(param, values, connection) if type(param) is _Place else param
        for param in made.params
    ]
    with connection.cursor() as cursor:
        cursor.execute(made.sql, params)
        found: Iterator[Sequence[Any]] = iter(cursor.fetchall())
    if made.converters:
        found = _converted(found, made.converters, connection)
    return made.build(found, connection.alias)


def _written(place: _Place, values: dict[str, Any], connection: BaseDatabaseWrapper) -> Any:
    value = values[place.name]
    return place.field.get_db_prep_value(value[place.at] if place.at >= 0 else value, connection)


def _converted(
    rows: Iterator[Sequence[Any]],
    converters: list[tuple[int, list[Callable[..., Any]], Any]],
    connection: BaseDatabaseWrapper,
) -> Iterator[Sequence[Any]]:
    for row in rows:
        changed = list(row)
        for at, how, expression in converters:
            value = changed[at]
            for convert in how:
                value = convert(value, expression, connection)
            changed[at] = value
        yield changed


def _quick(how: list[Callable[..., Any]], connection: Any) -> list[Callable[..., Any]]:
    """SQLite keeps times as text, and Django asks three settings what each one means."""
    is_plain = connection.vendor == "sqlite" and settings.USE_TZ and connection.timezone is UTC
    usual = getattr(connection.ops, "convert_datetimefield_value", None)
    return [_time if is_plain and one == usual else one for one in how]


def _time(value: Any, expression: Any, connection: Any) -> datetime | None:
    if type(value) is str:
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    found: datetime | None = connection.ops.convert_datetimefield_value(
        value, expression, connection
    )
    return found


def _builder(rows: Any, compiler: Any) -> Callable[[Iterator[Sequence[Any]], str], list[Any]]:
    """What makes of the database's rows what the QuerySet would give."""
    kind = rows._iterable_class
    if kind is FlatValuesListIterable:
        return lambda found, _alias: [row[0] for row in found]
    if kind is ValuesListIterable:
        return lambda found, _alias: [tuple(row) for row in found]
    if kind is not ModelIterable or rows._prefetch_related_lookups or rows._known_related_objects:
        raise TypeError("a prepared query gives rows of a model, or lists of values")
    select, info = compiler.select, compiler.klass_info
    fields = info["select_fields"]
    start, end = fields[0], fields[-1] + 1
    make = _maker(info["model"], [column[0].target.attname for column in select[start:end]])
    populators: Any = get_related_populators
    others = [_other(one) for one in populators(info, select, DEFAULT_DB_ALIAS)]
    added = list(compiler.annotation_col_map.items())

    def build(found: Iterator[Sequence[Any]], alias: str) -> list[Any]:
        made = []
        for row in found:
            one = make(row[start:end], alias)
            for other in others:
                other(row, one, alias)
            for name, at in added:
                setattr(one, name, row[at])
            made.append(one)
        return made

    return build


def _other(populator: Any) -> Callable[[Sequence[Any], Any, str], None]:
    """What makes the row that stands beside one, as Django's populator does."""
    if populator.reorder_for_init:
        return lambda row, one, _alias: populator.populate(row, one)
    start, end, key = populator.cols_start, populator.cols_end, populator.pk_idx
    make = _maker(populator.model_cls, populator.init_list)
    others = [_other(one) for one in populator.related_populators]
    here, there = populator.local_setter, populator.remote_setter

    def populate(row: Sequence[Any], one: Any, alias: str) -> None:
        if row[start + key] is None:
            here(one, None)
            return
        beside = make(row[start:end], alias)
        for other in others:
            other(row, beside, alias)
        here(one, beside)
        there(beside, one)

    return populate


def _maker(model: type[Model], names: list[str]) -> Callable[[Sequence[Any], str], Model]:
    """A row of a model from its columns. Where nobody listens it is made at once: Django's own
    way takes five times as long, and a page has a hundred."""
    is_usual = model.__init__ is Model.__init__ and "from_db" not in vars(model)
    if not is_usual or pre_init.has_listeners(model) or post_init.has_listeners(model):
        return lambda values, alias: model.from_db(alias, names, values)

    def make(values: Sequence[Any], alias: str) -> Model:
        one = model.__new__(model)
        one.__dict__.update(zip(names, values, strict=True))
        one._state = ModelState()
        one._state.db, one._state.adding = alias, False
        return one

    return make
