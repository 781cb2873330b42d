"""Rows of a table that people made: a workbook (XLSX, XLS, ODS) or CSV."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from youthvoice.kit.text import one_line, shown_name

#: A file with more is no table of a province's.
ROWS_MOST = 10_000
BYTES_MOST = 20_000_000
_WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
#: What stands between empty rows counts; a sheet with more lines is not read to its end.
_LINES_MOST = 2 * ROWS_MOST
#: What Excel writes in place of a control character, and of a "_" that would look like that.
_CONTROL = re.compile(r"_x(00[01][0-9A-F]|007F|00[89][0-9A-F])_", re.I)
_ESCAPED_SIGN = re.compile(r"_x005F_(?=x[0-9A-F]{4}_)", re.I)
#: Controls that came as they are; NUL is left for whoever refuses it.
_SILENT = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
#: The controls that are white space, and so are meant.
_MEANT = {"0009": "\t", "000A": "\n", "000B": "\n", "000C": "\n", "000D": "\r", "0085": "\n"}


class Unreadable(Exception):
    """The file as a whole can't be taken; says why."""


def rows_of(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows below the header, each with its line and its cells by the header's names.

    Cells are text without blanks around it, numbers as they look; empty rows are passed over. Of
    a workbook the first sheet counts. Raises Unreadable.
    """
    try:
        size = path.stat().st_size
        if size > BYTES_MOST:
            raise Unreadable(_("文件超过 %d MB。") % (BYTES_MOST // 1_000_000))
        lines = _workbook(path) if path.suffix.lower() in _WORKBOOKS else _csv(path)
        header = [one_line(name) for name in next(lines, [])]
    except OSError:
        raise Unreadable(_("打不开这个文件：%s") % shown_name(path.name)) from None
    names = [name for name in header if name]
    if not names:
        raise Unreadable(_("第一行要是各列的名字。"))
    if len(set(names)) < len(names):
        raise Unreadable(_("第一行里有两列同名。"))
    found: list[tuple[int, dict[str, str]]] = []
    for number, cells in enumerate(lines, start=2):
        if number > _LINES_MOST or len(found) > ROWS_MOST:
            raise Unreadable(_("超过 %d 行，请分成几个文件。") % ROWS_MOST)
        if any(cells[len(header) :]) or any(
            cell for name, cell in zip(header, cells, strict=False) if not name
        ):
            raise Unreadable(_("第 %d 行有一格，上面没有列的名字。") % number)
        row = {name: cell for name, cell in zip(header, cells, strict=False) if name}
        if any(row.values()):
            found.append((number, row))
    if len(found) > ROWS_MOST:
        raise Unreadable(_("超过 %d 行，请分成几个文件。") % ROWS_MOST)
    return found


def unescaped(text: str) -> str:
    """Without what a spreadsheet wrote for controls: a line's end is one, all others go."""
    pieces = _ESCAPED_SIGN.split(text)
    told = "_".join(_CONTROL.sub(_control, piece) for piece in pieces)
    # The end of a line stands behind its escape, too.
    return re.sub(r"\r+\n", "\n", told)


def _control(found: re.Match[str]) -> str:
    return _MEANT.get(found[1].upper(), "")


def _workbook(path: Path) -> Iterator[list[str]]:
    # In Rust, and only where somebody gives a workbook.
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    try:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False, nrows=2 * _LINES_MOST)
    except CalamineError:
        raise Unreadable(_("打不开这个表格，请在表格软件里另存一份再试。")) from None
    while rows and not any(map(_text, rows[-1])):
        # Lines that were only ever coloured.
        rows.pop()
    for row in rows:
        yield [_text(cell) for cell in row]


def _csv(path: Path) -> Iterator[list[str]]:
    raw = path.read_bytes()
    # What Excel calls Unicode text has a mark of its own.
    is_wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Unreadable(_("CSV 要是 UTF-8 或 GBK 编码。"))
    between = max(",\t;", key=text.partition("\n")[0].count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=between):
            yield [_text(cell) for cell in row]
    except csv.Error:
        raise Unreadable(_("这不是 CSV，或者有一格太长。")) from None


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    told = "" if cell is None else _SILENT.sub("", unescaped(str(cell)))
    return told.strip().strip("\ufeff").strip()
