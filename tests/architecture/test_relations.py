"""A floor doesn't know what hangs on its rows above: no lookup names a relation from there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture import tree
from youthvoice.floors import APPS, FLOORS

FLOOR_OF = {app: n for n, floor in enumerate(reversed(FLOORS)) for app in floor}
_LOOKUP = re.compile(r"-?[a-z_0-9]+__[a-z_0-9]+")
_NOT_OURS = {"tests", "migrations"}


def names(app: str) -> set[str]:
    """Of the relations that models of other apps give to rows of its floor and those below."""
    own: set[str] = set()
    above: set[str] = set()
    for model in apps.get_models():
        if _floor(model) > FLOOR_OF[app]:
            continue
        for field in model._meta.get_fields():
            other = field.related_model
            is_above = (
                field.auto_created
                and not field.concrete
                and _floor(other) >= FLOOR_OF[app]
                and _app(other) != app
            )
            (above if is_above else own).add(field.name)
    return above - own


def _app(model) -> str:
    return model._meta.app_config.name.removeprefix("youthvoice.")


def _floor(model) -> int:
    """Django's own tables and those of packages are the ground."""
    return FLOOR_OF.get(_app(model), -1)


def lookups(code: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.keyword) and "__" in (node.arg or ""):
            yield node.value.lineno, str(node.arg)
        elif isinstance(node, ast.Constant) and _LOOKUP.fullmatch(str(node.value)):
            yield node.lineno, str(node.value)


def named(code: str, forbidden: set[str]) -> list[str]:
    return [
        f"{line}: {lookup}"
        for line, lookup in sorted(lookups(code))
        if forbidden & set(lookup.lstrip("-").split("__"))
    ]


@pytest.mark.parametrize("app", APPS)
def test_no_lookup_names_a_relation_from_above(app):
    forbidden, folder = names(app), tree.ROOT / "youthvoice" / app
    found = {
        tree.name(path): wrong
        for path in sorted(folder.rglob("*.py"))
        if not _NOT_OURS & set(Path(path.relative_to(folder)).parts)
        if (wrong := named(path.read_text(), forbidden))
    }

    assert found == {}


def test_a_relation_from_above_would_be_found():
    forbidden = names("questions")
    code = """
rows.filter(case__merge=None, author__phone=1).select_related("region", "case__holder")
rows.order_by("-question__case__callbacks", "asked_at")
"""

    assert {"case", "crises", "on_behalf"} <= forbidden
    assert named(code, forbidden) == [
        "2: case__holder",
        "2: case__merge",
        "3: -question__case__callbacks",
    ]
    assert "case" not in names("cases")
