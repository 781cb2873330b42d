"""Rows of a table that people made: a workbook (XLSX, XLS, ODS) or CSV."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: A file with more is no table of a province's.
ROWS_MOST = 10_000
BYTES_MOST = 20_000_000
_WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}


class Unreadable(Exception):
    """The file as a whole can't be taken; says why."""


def rows_of(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows below the header, each with its line and its cells by the header's names.

    Cells are text without blanks around it, numbers as they look; empty rows are passed over. Of
    a workbook the first sheet counts. Raises Unreadable.
    """
    try:
        size = path.stat().st_size
    except OSError as problem:
        raise Unreadable(f"{path}：{problem.strerror}") from None
    if size > BYTES_MOST:
        raise Unreadable(f"文件超过 {BYTES_MOST // 1_000_000} MB。")
    lines = _workbook(path) if path.suffix.lower() in _WORKBOOKS else _csv(path)
    header = next(lines, None)
    names = [name for name in header or [] if name]
    if header is None or not names:
        raise Unreadable("第一行要是各列的名字。")
    if len(set(names)) < len(names):
        raise Unreadable("第一行里有两列同名。")
    found = []
    for number, cells in enumerate(lines, start=2):
        row = {name: cell for name, cell in zip(header, cells, strict=False) if name}
        if any(row.values()):
            found.append((number, row))
        if len(found) > ROWS_MOST:
            raise Unreadable(f"超过 {ROWS_MOST} 行，请分成几个文件。")
    return found


def _workbook(path: Path) -> Iterator[list[str]]:
    # In Rust, and only where somebody gives a workbook.
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    try:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False, nrows=2 * ROWS_MOST)
    except (CalamineError, OSError) as problem:
        raise Unreadable(f"打不开这个表格：{type(problem).__name__}") from None
    for row in rows:
        yield [_text(cell) for cell in row]


def _csv(path: Path) -> Iterator[list[str]]:
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Unreadable("CSV 要是 UTF-8 或 GBK 编码。")
    try:
        for row in csv.reader(io.StringIO(text, newline="")):
            yield [_text(cell) for cell in row]
    except csv.Error:
        raise Unreadable("不是 CSV。") from None


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()
