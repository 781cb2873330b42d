"""One row of a messages file becomes a question with its reply, or is refused with a reason."""

from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from youthvoice.importing.sorting import field_of, kind_of
from youthvoice.kit.text import check_clean, even_lines, one_line
from youthvoice.orgs.models import Region
from youthvoice.orgs.queries import all_regions
from youthvoice.questions.actions import Message, import_question

_TITLE_MOST = 200
_TEXT_MOST = 50_000
#: No message is older; the clocks that wrote so were not set.
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


class Refused(Exception):
    """The row can't be taken; says why."""


def import_row(row: Any, *, source: str, at: datetime) -> bool:
    """Take one row over, marked as imported; False if it is there already.

    `row` is a JSON object with id, author, title, body, asked_at and, optionally, reply,
    replied_at (ISO 8601 with offset) and region (a division code or a region's name; an
    unknown one stays unknown). Times lie between 1970 and `at`. `source` names the file's
    origin, so that ids of two files never meet. The row is taken whole or not at all.
    Raises Refused.
    """
    return import_question(_parse(row, source, at), at=at)


def _parse(row: Any, source: str, at: datetime) -> Message:
    if not isinstance(row, dict):
        raise Refused(_("不是一个 JSON 对象"))
    asked_at = _time(row, "asked_at", at)
    if asked_at is None:
        raise Refused(_("缺 asked_at"))
    replied_at = _time(row, "replied_at", at)
    reply = _words(row, "reply", most=_TEXT_MOST) if row.get("reply") is not None else ""
    if bool(reply) != (replied_at is not None):
        raise Refused(_("reply 和 replied_at 要么都有，要么都没有"))
    if replied_at is not None and replied_at < asked_at:
        raise Refused(_("replied_at 早于 asked_at"))
    code = row.get("id")
    if isinstance(code, bool) or not isinstance(code, int | str) or not str(code).strip():
        raise Refused(_("缺 id"))
    if len(str(code)) > 40:
        raise Refused(_("id 太长"))
    _check("id", str(code))
    author = one_line(_words(row, "author", most=30))
    title = one_line(_words(row, "title", most=_TITLE_MOST))
    text = even_lines(_words(row, "body", most=_TEXT_MOST)).strip("\n")
    return Message(
        code=f"{source}:{code}",
        author_code=f"{source}:{author}",
        kind=kind_of(title, text),
        field=field_of(title, text),
        title=title,
        text=text,
        asked_at=asked_at,
        reply=even_lines(reply).strip("\n"),
        replied_at=replied_at,
        region=_region(row.get("region")),
    )


def _words(row: dict[str, Any], name: str, *, most: int) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Refused(_("缺 %s") % name)
    if len(value) > most:
        raise Refused(_("%(name)s 超过 %(most)d 字") % {"name": name, "most": most})
    _check(name, value)
    return value


def _check(name: str, value: str) -> None:
    try:
        check_clean(value)
    except ValidationError as problem:
        raise Refused(f"{name}: {problem.message}") from None


def _time(row: dict[str, Any], name: str, at: datetime) -> datetime | None:
    value = row.get(name)
    if value is None:
        return None
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Refused(_("%s 不是带时区的 ISO 8601 时间") % name)
    if not _EARLIEST <= found <= at:
        raise Refused(_("%s 早于 1970 年，或者还没有到") % name)
    return found


def _region(value: Any) -> Region | None:
    if not isinstance(value, str):
        return None
    regions = all_regions()
    if value in regions:
        return regions[value]
    named = [r for r in regions.values() if value in (r.name, r.short_name)]
    return named[0] if len(named) == 1 else None
