"""A row of a file as it was meant: what programs that write tables make of words and numbers."""

from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from youthvoice.kit.tables import unescaped
from youthvoice.kit.text import check_clean

#: No message is older; the clocks that wrote so were not set.
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


class Refused(Exception):
    """The row can't be taken; says why."""


def given(row: dict[str, Any], name: str) -> str:
    """The words under a name, "" where there are none; a number is what it looks like.

    Raises Refused.
    """
    value = row.get(name)
    if isinstance(value, float) and value != value:  # NaN: how tables write nothing
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused(_("%s 不是文字") % name)
    value = unescaped(value)
    return value if value.strip() else ""


def words(row: dict[str, Any], name: str, *, most: int) -> str:
    """Words that must be there. Raises Refused."""
    value = given(row, name)
    if not value:
        raise Refused(_("缺 %s") % name)
    return checked(name, value, most=most)


def checked(name: str, value: str, *, most: int) -> str:
    """Raises Refused."""
    if len(value) > most:
        raise Refused(_("%(name)s 超过 %(most)d 字") % {"name": name, "most": most})
    try:
        check_clean(value)
    except ValidationError as problem:
        raise Refused(f"{name}: {problem.message}") from None
    return value


def time(row: dict[str, Any], name: str, at: datetime) -> datetime | None:
    """A moment between 1970 and `at`, None where there is none. Raises Refused."""
    value = given(row, name).strip()
    if not value:
        return None
    try:
        found = parse_datetime(value)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Refused(_("%s 不是带时区的 ISO 8601 时间") % name)
    if not _EARLIEST <= found <= at:
        raise Refused(_("%s 早于 1970 年，或者还没有到") % name)
    return found
