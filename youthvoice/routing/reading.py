"""Reading files of labelled questions: JSON Lines with id, title, body, asked_at and label."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from youthvoice.kit.text import is_unstorable
from youthvoice.orgs.choices import Group
from youthvoice.routing.features import Asked
from youthvoice.routing.training import Row

#: Longer lines and labels belong to no such file.
LINE_MOST = 1_000_000
LABEL_MOST = 40
ROWS_MOST = 100_000


class Unreadable(ValueError):
    """The sentence says which line is wrong, and how."""


def read(file: Path) -> list[Row]:
    """All rows of a file; empty lines are left out. Raises Unreadable at the first bad one."""
    rows = []
    try:
        with file.open("rb") as lines:
            for number, line in enumerate(_short(lines, file), start=1):
                if not line.strip():
                    continue
                try:
                    rows.append(_row(line))
                except Unreadable as problem:
                    raise Unreadable(
                        _("%(file)s 第 %(number)d 行：%(why)s。")
                        % {"file": file, "number": number, "why": problem}
                    ) from None
                if len(rows) > ROWS_MOST:
                    raise Unreadable(_("%s 的行太多。") % file)
    except OSError as problem:
        raise Unreadable(f"{file}: {problem.strerror}") from None
    if not rows:
        raise Unreadable(_("%s 里没有一行可用。") % file)
    return rows


def _short(lines: Any, file: Path) -> Iterable[bytes]:
    """Lines one by one, so that no file without line ends fills the memory."""
    number = 0
    while line := lines.readline(LINE_MOST + 1):
        number += 1
        if len(line) > LINE_MOST:
            raise Unreadable(
                _("%(file)s 第 %(number)d 行：太长。") % {"file": file, "number": number}
            )
        yield line


def _row(line: bytes) -> Row:
    try:
        given = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable(_("不是 UTF-8")) from None
    except (ValueError, RecursionError):
        raise Unreadable(_("不是 JSON")) from None
    if not isinstance(given, dict):
        raise Unreadable(_("不是 JSON 对象"))
    if type(given.get("id")) not in {int, str}:
        raise Unreadable(_("缺 id"))
    title, body, label = (_text(given, name) for name in ("title", "body", "label"))
    if not label.strip() or len(label) > LABEL_MOST:
        raise Unreadable(_("label 要有 1 到 %d 个字") % LABEL_MOST)
    asked_at = _text(given, "asked_at")
    try:
        datetime.fromisoformat(asked_at)
    except ValueError:
        raise Unreadable(_("asked_at 不是时间")) from None
    # A clerk's name of a group is the group; any other label stays what it is.
    groups = {str(name): code for code, name in Group.choices}
    return Row(Asked(title, body), groups.get(label.strip(), label.strip()))


def _text(given: dict[str, Any], name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str):
        raise Unreadable(_("%s 不是文字") % name)
    if is_unstorable(value):
        raise Unreadable(_("%s 里有无法保存的字符") % name)
    return value
