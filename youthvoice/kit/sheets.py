"""Tables for spreadsheets and machines (CSV): what a cell may hold, and lines sent as they come."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.http import StreamingHttpResponse
from django.utils import timezone

#: Excel takes a file for UTF-8 only with this in front.
MARK = "\ufeff"
#: What a spreadsheet would take for a formula, or pass over before one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: Lines that go out at once.
_LINES = 200


def cell(value: object) -> str:
    """A value as text that no spreadsheet takes for a formula; times in the house's zone."""
    if value is None or isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if not isinstance(value, str):
        return str(value)
    # The white space before it would be passed over, too.
    risky = value.startswith(_FORMULA) or value.lstrip().startswith(_FORMULA)
    return f"'{value}" if risky else value


def sheet(
    lines: Iterable[Iterable[object]], *, name: str, marked: bool = False
) -> StreamingHttpResponse:
    """A table to download; however long it is, no more than some lines are held at once.

    One that holds more than codes is `marked`.
    """
    sent = _sent(lines, MARK if marked else "")
    response = StreamingHttpResponse(sent, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _sent(lines: Iterable[Iterable[object]], begin: str) -> Iterator[bytes]:
    writer = csv.writer(_Echo())
    waiting = [begin]
    for line in lines:
        waiting.append(writer.writerow([cell(value) for value in line]))
        if len(waiting) >= _LINES:
            yield "".join(waiting).encode()
            waiting = []
    yield "".join(waiting).encode()
