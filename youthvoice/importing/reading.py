"""A row of a file as it was meant: what programs that write tables make of words and numbers."""

import re
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from youthvoice.kit.text import check_clean

#: No message is older; the clocks that wrote so were not set.
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
#: What Excel writes in place of a control character, and of a "_" that would look like that.
_CONTROL = re.compile(r"_x(00[01][0-9A-F]|007F|00[89][0-9A-F])_", re.I)
_ESCAPED_SIGN = re.compile(r"_x005F_(?=x[0-9A-F]{4}_)", re.I)
#: The controls that are white space, and so are meant.
_MEANT = {"0009": "\t", "000A": "\n", "000B": "\n", "000C": "\n", "000D": "\r", "0085": "\n"}


class Refused(Exception):
    """The row can't be taken; says why."""


def cleaned(text: str) -> str:
    """Without what a spreadsheet wrote for controls: a line's end is one, all others go."""
    pieces = _ESCAPED_SIGN.split(text)
    told = "_".join(_CONTROL.sub(_control, piece) for piece in pieces)
    # The end of a line stands behind its escape, too.
    return re.sub(r"\r+\n", "\n", told)


def _control(found: re.Match[str]) -> str:
    return _MEANT.get(found[1].upper(), "")


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
    value = cleaned(value)
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
