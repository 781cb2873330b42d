"""One zip of everything: for people as tables, for machines as JSON, and their pictures.

Rows are read a few hundred at a time and written as they come, so that a packet's size does
not matter to the memory.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.core.exceptions import FieldDoesNotExist
from django.core.files.storage import default_storage
from django.db.models import Model, QuerySet
from django.utils import timezone

from youthvoice.kit.holdings import Columns, Holding
from youthvoice.kit.sheets import cell

_CHUNK = 500


@dataclass(frozen=True)
class Part:
    """One table of a packet."""

    name: str
    columns: Columns
    rows: QuerySet[Any]
    holding: Holding


def part(holding: Holding, rows: QuerySet[Any]) -> Part:
    return Part(str(holding.name), holding.columns, rows, holding)


def pack(out: IO[bytes], parts: Iterable[Part], *, readme: str) -> None:
    """Write the zip: 说明.txt, 全部.json, a CSV for each part, and 图片/."""
    parts = list(parts)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packet:
        packet.writestr("说明.txt", readme)
        with packet.open("全部.json", "w") as raw, io.TextIOWrapper(raw, "utf-8") as text:
            _write_json(text, parts)
        for one in parts:
            with packet.open(f"{one.name}.csv", "w") as raw:
                _write_csv(raw, one)
        for one in parts:
            for name, path in one.holding.files(one.rows) if one.holding.files else ():
                _write_file(packet, f"图片/{name}", path)


def _records(one: Part) -> Iterator[dict[str, Any]]:
    look_ups = {str(head): _look_up(column) for head, column in one.columns.items()}
    fields = [look_up for look_up, _make in look_ups.values()]
    labels = {name: _labels(one.rows.model, name) for name in fields}
    for row in one.rows.values(*dict.fromkeys(fields)).iterator(chunk_size=_CHUNK):
        yield {
            head: labels[name].get(row[name], make(row[name]))
            for head, (name, make) in look_ups.items()
        }


def _look_up(column: Any) -> tuple[str, Any]:
    return (column, _plain) if isinstance(column, str) else column


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    return value


def _labels(model: type[Model], name: str) -> dict[Any, str]:
    """What the codes of a field are called, where it has some."""
    try:
        found = getattr(model._meta.get_field(name), "flatchoices", None) or []
    except FieldDoesNotExist:
        return {}
    return {code: str(label) for code, label in found if code != ""}


def _write_json(text: IO[str], parts: Iterable[Part]) -> None:
    text.write("{")
    for place, one in enumerate(parts):
        text.write(f"{',' if place else ''}\n{json.dumps(one.name, ensure_ascii=False)}: [")
        for number, record in enumerate(_records(one)):
            text.write(",\n" if number else "\n")
            text.write(json.dumps(record, ensure_ascii=False, default=str))
        text.write("]")
    text.write("\n}\n")


def _write_csv(raw: IO[bytes], one: Part) -> None:
    # Excel takes it for UTF-8 only with the mark in front.
    with io.TextIOWrapper(raw, "utf-8-sig", newline="") as text:
        writer = csv.writer(text)
        writer.writerow([str(head) for head in one.columns])
        for record in _records(one):
            writer.writerow([_cell(value) for value in record.values()])


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return cell(value)


def _write_file(packet: zipfile.ZipFile, name: str, path: str) -> None:
    try:
        source = default_storage.open(path)
    except FileNotFoundError:
        return
    with source, packet.open(name, "w") as out:
        for piece in source.chunks():
            out.write(piece)
