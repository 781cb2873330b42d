"""What the cells of a table of organisations or members may hold."""

import unicodedata
from collections.abc import Iterable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from youthvoice.kit.text import check_clean, check_line, is_unstorable, one_line, seen
from youthvoice.orgs.models import Organisation

_T = TypeVar("_T")
Rows = Iterable[tuple[int, dict[str, str]]]


class Wrong(Exception):
    """A line can't be taken; says why."""


def plain(rows: Rows, known: set[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows as they are meant, each cell but 介绍 in one line. What shows nothing is empty.

    Raises Wrong for columns that are not `known`.
    """
    strange: set[str] = set()
    found = []
    for line, row in rows:
        strange |= row.keys() - known
        shown = {
            name: cell if seen(cell) or is_unstorable(cell) else "" for name, cell in row.items()
        }
        found.append((line, {n: c if n == "介绍" else one_line(c) for n, c in shown.items()}))
    if strange:
        raise Wrong(_("不认识的列：%s") % "、".join(sorted(strange))[:100])
    return found


def email(row: dict[str, str]) -> str:
    given = row.get("联系邮箱", "")
    try:
        if given:
            validate_email(given)
    except ValidationError:
        raise Wrong(_("“联系邮箱”不像邮箱：%s") % given[:60]) from None
    return given


def phone(row: dict[str, str]) -> str:
    # As pasted from a document: （0371）6218－0000.
    given = unicodedata.normalize("NFKC", row.get("联系电话", ""))
    try:
        if given:
            Organisation._meta.get_field("contact_phone").run_validators(given)
    except ValidationError as problem:
        raise Wrong(f"“联系电话”：{problem.messages[0]}") from None
    return given


def word(row: dict[str, str], column: str, most: int, *, needed: bool = True) -> str:
    found = text(row, column, most)
    if needed and not found:
        raise Wrong(_("缺“%s”") % column)
    try:
        check_line(found)
    except ValidationError as problem:
        raise Wrong(f"“{column}”：{problem.message}") from None
    return found


def text(row: dict[str, str], column: str, most: int) -> str:
    found = row.get(column, "")
    if len(found) > most:
        raise Wrong(_("“%(column)s”超过 %(most)d 字") % {"column": column, "most": most})
    try:
        check_clean(found)
    except ValidationError as problem:
        raise Wrong(f"“{column}”：{problem.message}") from None
    return found


def among(row: dict[str, str], column: str, codes: dict[str, _T], default: _T | None = None) -> _T:
    found = row.get(column, "")
    if not found and default is not None:
        return default
    return coded(column, found, codes)


def coded(column: str, given: str, codes: dict[str, _T]) -> _T:
    if given not in codes:
        told = {"column": column, "codes": "、".join(codes), "word": given[:20]}
        raise Wrong(_("“%(column)s”要是 %(codes)s 之一，不是“%(word)s”") % told)
    return codes[given]
