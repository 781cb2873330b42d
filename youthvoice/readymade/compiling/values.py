"""Variables, filters and conditions of templates as functions of the names at hand.

What they give is what Django's `FilterExpression.resolve` gives; whatever is out of the common
is asked of Django itself.
"""

import operator
from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.template.base import FilterExpression, Variable, VariableDoesNotExist
from django.template.defaultfilters import date as date_filter
from django.template.smartif import TokenBase
from django.utils import timezone
from django.utils.safestring import SafeData, mark_safe
from django.utils.timezone import get_current_timezone

Scope = dict[str, Any]
Value = Callable[[Scope], Any]

_localtime: Callable[[Any], Any] = timezone.template_localtime  # type: ignore[attr-defined]
#: Stands for a variable that isn't there.
MISSING: Any = object()
#: Types whose objects have attributes and no items: most of what pages show.
_PLAIN: set[type] = set()
_PLAIN_MOST = 2000


class _Asked(dict[str, Any]):
    """As much of a context as Django needs to look something up."""

    template = SimpleNamespace(engine=SimpleNamespace(string_if_invalid=""))
    template_name = None


_IT = Variable("it")


class _Silent(Exception):
    """Something that says of itself that a page should show nothing for it."""


def value_of(expression: FilterExpression, *, missing: Any = "") -> Value:
    """What an expression gives; `missing` for a variable that isn't there."""
    first = _first(expression, missing)
    steps = [_filtered(function, args) for function, args in expression.filters]
    if not steps:
        return first
    if len(steps) == 1:
        (step,) = steps
        return lambda scope: step(first(scope), scope)

    def through(scope: Scope) -> Any:
        found = first(scope)
        for step in steps:
            found = step(found, scope)
        return found

    return through


def _first(expression: FilterExpression, missing: Any) -> Value:
    if not expression.is_var:
        given = expression.var
        return lambda _scope: given
    return variable(expression.var, missing)


def variable(var: Variable, missing: Any = MISSING) -> Value:
    if var.lookups is None:
        return lambda _scope: var.resolve({})
    name, *bits = var.lookups
    if not bits:

        def alone(scope: Scope) -> Any:
            found = scope.get(name, missing)
            return _called(found) if callable(found) else found

        return alone
    if len(bits) == 1:
        (bit,) = bits

        def once(scope: Scope) -> Any:
            found = scope.get(name, MISSING)
            if found is MISSING:
                return missing
            try:
                found = step(found, bit)
            except _Silent:
                return ""
            return missing if found is MISSING else found

        return once

    def far(scope: Scope) -> Any:
        found = scope.get(name, MISSING)
        if found is MISSING:
            return missing
        try:
            for bit in bits:
                found = step(found, bit)
                if found is MISSING:
                    return missing
        except _Silent:
            return ""
        return found

    return far


def step(current: Any, bit: str) -> Any:
    """What a dot leads to: an item, an attribute, or what a function without arguments gives."""
    kind = type(current)
    if kind in _PLAIN:
        try:
            found = getattr(current, bit)
        except (TypeError, AttributeError) as problem:
            # A relation without its other end says so; Django would look through all names.
            if getattr(problem, "silent_variable_failure", False) and hasattr(kind, bit):
                raise _Silent from None
            return _asked(current, bit)
        except Exception as problem:
            if getattr(problem, "silent_variable_failure", False):
                raise _Silent from None
            raise
    elif kind is dict:
        found = current.get(bit, MISSING)
        if found is MISSING:
            return _asked(current, bit)
    elif hasattr(kind, "__getitem__"):
        try:
            found = current[bit]
        except (TypeError, AttributeError, KeyError, ValueError, IndexError):
            try:
                found = getattr(current, bit)
            except Exception:
                return _asked(current, bit)
    else:
        if len(_PLAIN) >= _PLAIN_MOST:
            _PLAIN.clear()
        _PLAIN.add(kind)
        return _asked(current, bit)
    return _called(found) if callable(found) else found


def _called(found: Any) -> Any:
    if found is MISSING or getattr(found, "do_not_call_in_templates", False):
        return found
    if getattr(found, "alters_data", False):
        return ""
    try:
        return found()
    except TypeError:
        # It wants to be given something, or is wrong itself: Django tells which.
        return _django(_IT, _Asked(it=found))
    except Exception as problem:
        if getattr(problem, "silent_variable_failure", False):
            return ""
        raise


def _asked(current: Any, bit: str) -> Any:
    var = Variable("it")
    var.lookups = ("it", bit)
    return _django(var, _Asked(it=current))


def _django(var: Variable, asked: _Asked) -> Any:
    try:
        return var.resolve(asked)
    except VariableDoesNotExist:
        return MISSING


def _filtered(
    function: Callable[..., Any], args: list[tuple[bool, Any]]
) -> Callable[[Any, Scope], Any]:
    if function is date_filter and [arg for _is_var, arg in args] == ["c"]:
        return _machine_time
    given = [_argument(is_var, arg) for is_var, arg in args]
    is_local = getattr(function, "expects_localtime", False)
    more = {"autoescape": True} if getattr(function, "needs_autoescape", False) else {}
    stays_safe = getattr(function, "is_safe", False)
    if not (given or is_local or more or stays_safe):
        return lambda found, _scope: function(found)

    def filtered(found: Any, scope: Scope) -> Any:
        if is_local:
            found = _localtime(found)
        new = function(found, *[arg(scope) for arg in given], **more)
        return mark_safe(new) if stays_safe and isinstance(found, SafeData) else new

    return filtered


def _machine_time(found: Any, _scope: Scope) -> Any:
    """`date:"c"`, without looking for the ways in which it might be written elsewhere."""
    if type(found) is datetime and found.tzinfo is not None:
        return found.astimezone(get_current_timezone()).isoformat()
    return date_filter(_localtime(found), "c")


def _argument(is_var: bool, arg: Any) -> Value:
    if not is_var:
        safe = mark_safe(arg)
        return lambda _scope: safe
    find = variable(arg)

    def needed(scope: Scope) -> Any:
        found = find(scope)
        if found is MISSING:
            raise VariableDoesNotExist("Failed lookup for [%s]", (arg,))
        return found

    return needed


_COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "in": lambda one, other: one in other,
    "not in": lambda one, other: one not in other,
    "is": operator.is_,
    "is not": operator.is_not,
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


def condition(tree: TokenBase) -> Value:
    """What stands in an `if`; a comparison that can't be made is false, as with Django."""
    name = getattr(tree, "id", None)
    if name == "literal":
        return value_of(tree.value, missing=None)
    first = condition(tree.first)
    if name == "not":
        return _quiet(lambda scope: not first(scope))
    second = condition(tree.second)
    if name == "or":
        return _quiet(lambda scope: first(scope) or second(scope))
    if name == "and":
        return _quiet(lambda scope: first(scope) and second(scope))
    compare = _COMPARED[str(name)]
    return _quiet(lambda scope: compare(first(scope), second(scope)))


def _quiet(ask: Value) -> Value:
    def asked(scope: Scope) -> Any:
        try:
            return ask(scope)
        except Exception:
            return False

    return asked
