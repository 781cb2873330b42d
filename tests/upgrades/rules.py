"""What a migration may do once a release is out (docs/decisions/0026).

While a house is upgraded, and after it was, processes of the release before still read and write
the same tables. So a migration only adds, and what it adds that release can leave out. What is
given up leaves the models in one release, and its column or table in a later one, by SQL.
"""

from collections.abc import Iterator

from django.db import models
from django.db.migrations import operations as ops
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import CheckConstraint, Field
from django.db.models.fields import NOT_PROVIDED

#: They change nothing in a database, or nothing on which the release before stands.
_HARMLESS = (
    ops.CreateModel,
    ops.AddIndex,
    ops.RemoveIndex,
    ops.RenameIndex,
    ops.AlterModelOptions,
    ops.AlterModelManagers,
    ops.AlterOrderWithRespectTo,
)
#: What a field says to Python alone.
_OF_PYTHON = {
    "blank",
    "choices",
    "default",
    "editable",
    "error_messages",
    "help_text",
    "limit_choices_to",
    "on_delete",
    "related_name",
    "related_query_name",
    "validators",
    "verbose_name",
}


def faults(app: str, operations: list[Operation], before: ProjectState) -> Iterator[str]:
    """What in a migration's operations the release before could not bear; `before` is the state
    to which they are applied, and is moved on."""
    given_up: dict[tuple[str, str], models.BaseConstraint] = {}
    for operation in operations:
        if isinstance(operation, ops.SeparateDatabaseAndState):
            yield from _apart(app, operation, before)
        else:
            told = _fault(app, operation, before, given_up)
            if told:
                yield f"{name_of(operation)}: {told}"
        operation.state_forwards(app, before)
    yield from (
        f"RemoveConstraint {model}.{name}: the release before may count on it"
        for (model, name), constraint in given_up.items()
        if not isinstance(constraint, CheckConstraint)
    )


def name_of(operation: Operation) -> str:
    """Its kind, and of what: `AddField question.title`."""
    words = (getattr(operation, key, "") for key in ("model_name", "name"))
    return f"{type(operation).__name__} {'.'.join(filter(None, words))}".strip()


def _apart(
    app: str, operation: ops.SeparateDatabaseAndState, before: ProjectState
) -> Iterator[str]:
    """A field may leave the models alone if rows can be made without it; a table any time."""
    for inner in operation.state_operations:
        if isinstance(inner, ops.RemoveField):
            field = _field(app, inner.model_name, inner.name, before)
            if not (field.null or _has_default(field) or field.many_to_many):
                yield f"{name_of(inner)}: its column takes no row without it"
        elif not isinstance(inner, ops.DeleteModel):
            yield f"{name_of(inner)}: only what is given up may leave the models alone"
    copy = before.clone()
    yield from faults(app, list(operation.database_operations), copy)


def _fault(
    app: str,
    operation: Operation,
    before: ProjectState,
    given_up: dict[tuple[str, str], models.BaseConstraint],
) -> str:
    if isinstance(operation, _HARMLESS):
        return ""
    if isinstance(operation, ops.AddField):
        return _added(operation.field)
    if isinstance(operation, ops.AlterField):
        old = _field(app, operation.model_name, operation.name, before)
        return _altered(old, operation.field)
    if isinstance(operation, ops.RemoveConstraint):
        key = operation.model_name_lower, operation.name
        options = before.models[app, operation.model_name_lower].options["constraints"]
        given_up[key] = next(found for found in options if found.name == operation.name)
        return ""
    if isinstance(operation, ops.AddConstraint):
        key = operation.model_name_lower, operation.constraint.name
        return _constrained(given_up.pop(key, None), operation.constraint)
    return "the release before may still use what it changes"


def _field(app: str, model: str, name: str, state: ProjectState) -> Field:
    return state.models[app, model.lower()].fields[name]


def _has_default(field: Field) -> bool:
    return getattr(field, "db_default", NOT_PROVIDED) is not NOT_PROVIDED


def _added(field: Field) -> str:
    if field.many_to_many or field.null:
        return ""
    if field.unique:
        return "it is unique, and the release before gives each row the same"
    return "" if _has_default(field) else "the release before can't fill it: db_default, or null"


def _altered(old: Field, new: Field) -> str:
    """Only wider: more may be written, and everything that was there is still good."""
    if old.null and not new.null:
        return "it takes no null any more"
    if new.unique and not old.unique:
        return "it has become unique"
    if _has_default(old) and not _has_default(new):
        return "the release before leaves it to the database"
    longest = (getattr(field, "max_length", None) for field in (old, new))
    least, most = (float("inf") if length is None else length for length in longest)
    if most < least:
        return "it has become shorter"
    changed = _of_database(old) ^ _of_database(new)
    return "it is of another kind" if changed else ""


def _of_database(field: Field) -> set[str]:
    """What the database knows of a field besides what may be widened."""
    _name, path, args, kwargs = field.deconstruct()
    widened = {"null", "unique", "db_default", "max_length", "db_index"}
    kept = {key: value for key, value in kwargs.items() if key not in _OF_PYTHON | widened}
    kind = "text" if path.endswith((".CharField", ".TextField")) else path
    return {kind, repr(args), *(f"{key}={value!r}" for key, value in kept.items())}


def _constrained(old: models.BaseConstraint | None, new: models.BaseConstraint) -> str:
    """One in the place of another may ask for less, which nobody can tell by reading: a list
    whose choices became more can."""
    if old is None:
        return "the release before may write what it forbids"
    if isinstance(old, CheckConstraint) and isinstance(new, CheckConstraint):
        was, now = (_choices(found) for found in (old, new))
        if was is not None and now is not None and was[0] == now[0] and was[1] <= now[1]:
            return ""
    return "it may forbid what the release before writes"


def _choices(constraint: CheckConstraint) -> tuple[str, set[object]] | None:
    """The column and its choices, of a constraint that says nothing else."""
    condition = constraint.condition
    if not isinstance(condition, models.Q) or condition.negated or len(condition) != 1:
        return None
    [part] = condition.children
    if not isinstance(part, tuple):
        return None
    name, value = part
    return (name, set(value)) if name.endswith("__in") else None
