"""One row of a messages file becomes a question with its reply, or is refused with a reason."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from youthvoice.importing.places import place_of
from youthvoice.importing.reading import Refused, checked, given, time, words
from youthvoice.importing.sorting import field_of, kind_of
from youthvoice.kit.text import even_lines, one_line
from youthvoice.questions.actions import Message, import_question
from youthvoice.questions.choices import Origin
from youthvoice.questions.models import Question
from youthvoice.safety import personal

__all__ = ["How", "Refused", "Taken", "import_row"]
_COLUMNS = {"id", "author", "title", "body", "asked_at", "reply", "replied_at", "region"}
_TITLE_MOST = 200
_TEXT_MOST = 50_000


class How(StrEnum):
    NEW = "imported"
    #: It was there already, with the same words.
    SAME = "unchanged"
    #: It was there already, with others; those of before stay.
    OTHER = "differing"


@dataclass(frozen=True)
class Taken:
    how: How
    #: Names of what differs from the row of the same id.
    differs: tuple[str, ...] = ()
    #: Says what of the place was not understood.
    unclear: str = ""
    #: Names of columns that mean nothing here.
    unused: tuple[str, ...] = ()


def import_row(row: Any, *, source: str, at: datetime) -> Taken:
    """Take one row over, marked as imported; one that is there already stays as it is.

    `row` is a JSON object with id, author, title, body, asked_at and, optionally, reply,
    replied_at (ISO 8601 with offset) and region (a division code, a region's name or the path
    of names; an unknown one stays unknown, and is told). Times lie between 1970 and `at`.
    `source` names the file's origin, so that ids of two files never meet. The row is taken
    whole or not at all. Raises Refused.
    """
    message, unclear = _parse(row, source, at)
    unused = tuple(name for name in row if name not in _COLUMNS)
    differs = _differs(message)
    if differs is not None:
        return Taken(How.OTHER if differs else How.SAME, differs, unclear, unused)
    import_question(message, at=at)
    return Taken(How.NEW, (), unclear, unused)


def _parse(row: Any, source: str, at: datetime) -> tuple[Message, str]:
    if not isinstance(row, dict):
        raise Refused(_("不是一个 JSON 对象"))
    asked_at = time(row, "asked_at", at)
    if asked_at is None:
        raise Refused(_("缺 asked_at"))
    replied_at = time(row, "replied_at", at)
    reply = checked("reply", given(row, "reply"), most=_TEXT_MOST)
    if bool(reply) != (replied_at is not None):
        raise Refused(_("reply 和 replied_at 要么都有，要么都没有"))
    if replied_at is not None and replied_at < asked_at:
        raise Refused(_("replied_at 早于 asked_at"))
    code = words(row, "id", most=40).strip()
    author = one_line(words(row, "author", most=30))
    title = one_line(words(row, "title", most=_TITLE_MOST))
    text = even_lines(words(row, "body", most=_TEXT_MOST)).strip("\n")
    # Nobody can ask its writer whether it is meant; an office's reply may give its numbers.
    title, text = personal.mask(title), personal.mask(text)
    place = place_of(row.get("region"))
    message = Message(
        code=f"{source}:{code}",
        author_code=f"{source}:{author}",
        kind=kind_of(title, text),
        field=field_of(title, text),
        title=title,
        text=text,
        asked_at=asked_at,
        reply=even_lines(reply).strip("\n"),
        replied_at=replied_at,
        region=place.region,
    )
    return message, place.unclear


def _differs(message: Message) -> tuple[str, ...] | None:
    """What is otherwise in the row of the same id; None where there is no such row.

    Words that have gone since say nothing.
    """
    rows = Question.objects.filter(import_code=message.code).select_related("author")
    question = rows.first()
    if question is None:
        return None
    if question.deleted_at is not None:
        return ()
    pairs: list[tuple[str, object, object]] = [
        ("title", question.title, message.title),
        ("body", question.text, message.text),
        ("asked_at", question.asked_at, message.asked_at),
    ]
    # A place that is understood only now is no other place.
    if question.region_id is not None and message.region is not None:
        pairs.append(("region", question.region_id, message.region.pk))
    if question.author is not None:
        pairs.append(("author", question.author.import_code, message.author_code))
    reply = question.answers.filter(origin=Origin.IMPORTED).first()
    if reply is None:
        pairs.append(("reply", "", message.reply))
    elif reply.deleted_at is None:
        pairs += [
            ("reply", reply.text, message.reply),
            ("replied_at", reply.created_at, message.replied_at),
        ]
    return tuple(name for name, before, now in pairs if before != now)
