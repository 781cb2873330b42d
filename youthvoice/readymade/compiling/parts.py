"""What parts of templates are, and what is common to them."""

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from django.conf import settings
from django.template.base import render_value_in_context
from django.template.context import Context
from django.template.library import InclusionNode, SimpleNode

from youthvoice.readymade.compiling.values import Scope, value_of

Write = Callable[[str], object]
Part = Callable[[Context, Scope, Write], None]
#: Of a template by its name: what draws it, in the context of the page.
Find = Callable[[Context, str], Part]
#: Most of what is shown has nothing to escape: looking once is cheaper than replacing five times.
_SPECIAL = re.compile("[&<>\"']").search


def shown(value: Any, context: Context) -> str:
    """A value as a page shows it: escaped, and numbers as they are written here."""
    kind = type(value)
    if kind is str:
        return escape(value) if _SPECIAL(value) else value
    if kind is int and not settings.USE_THOUSAND_SEPARATOR:
        return str(value)
    return render_value_in_context(value, context)


def in_turn(pairs: Sequence[tuple[str, Part]], end: str) -> Part:
    if not pairs:
        return lambda _context, _scope, write: _ignore(write(end))

    def draw(context: Context, scope: Scope, write: Write) -> None:
        for text, part in pairs:
            write(text)
            part(context, scope, write)
        write(end)

    return draw


def _ignore(_written: object) -> None:
    """A part gives nothing back."""


def framed(inner: Part) -> Part:
    """What is named within isn't known behind it."""
    return lambda context, scope, write: inner(context, dict(scope), write)


def keeping(name: str, value: Any) -> Part:
    def draw(_context: Context, scope: Scope, _write: Write) -> None:
        scope[name] = value

    return draw


def values(given: dict[str, Any]) -> list[tuple[str, Callable[[Scope], Any]]]:
    return [(name, value_of(expression)) for name, expression in given.items()]


def calling(node: SimpleNode | InclusionNode) -> Callable[[Scope], Any]:
    function, named = node.func, values(node.kwargs)
    given = [value_of(one) for one in node.args]
    return lambda scope: function(
        *[get(scope) for get in given], **{name: get(scope) for name, get in named}
    )


def unpacked(names: tuple[str, ...], item: Any) -> Scope:
    many = len(item) if hasattr(item, "__len__") else 1
    if many != len(names):
        raise ValueError(f"Need {len(names)} values to unpack in for loop; got {many}.")
    return dict(zip(names, item, strict=True))
