"""Ideographs that a letter's own font lacks, as 𠮷 in names: from a font of the system, if any.

A TrueType font that has one is looked for, among the house's own fonts (`fonts/` in its data
folder) and the system's; only the letter that needs it embeds it, and of it only these signs.
Fonts with PostScript outlines, as Noto CJK, can't be embedded by what draws the letter.
"""

import os
import re
import struct
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

_IDEOGRAPH = re.compile("[\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
#: More files are no fonts of a house.
_FILES_MOST = 5000
#: A table of characters is no larger.
_TABLE_MOST = 8 * 1024 * 1024
#: Whose makers allow no embedding, or not of a part of it.
_KEPT_BACK = 0x0302
_GROUP = struct.Struct(">III")


class _Font(NamedTuple):
    path: Path
    #: Which of the fonts in its file.
    place: int
    #: First and last of each run of characters that it has.
    runs: tuple[tuple[int, int], ...]

    def has(self, sign: str) -> bool:
        return any(first <= ord(sign) <= last for first, last in self.runs)


class _Embedded(TTFont):
    """reportlab writes what copies a sign out of a letter as if none had more than 16 bits."""

    def addObjects(self, doc: Any) -> None:
        super().addObjects(doc)
        for name, stream in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                stream.content = re.sub("<([0-9A-F]{5,6})>", _utf_16, stream.content)


def _utf_16(found: re.Match[str]) -> str:
    return f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"


def font_of(sign: str) -> str:
    """The name of a font, ready for reportlab, that has this ideograph; "" where none has."""
    return _font_of(sign, _folders()) if _IDEOGRAPH.fullmatch(sign) else ""


def _folders() -> tuple[Path, ...]:
    return (settings.DATA_DIR / "fonts", *map(Path, _FOLDERS))


@lru_cache(maxsize=1000)
def _font_of(sign: str, folders: tuple[Path, ...]) -> str:
    for font in _fonts(folders):
        if not font.has(sign):
            continue
        name = f"rare-{sha256(str(font.path).encode()).hexdigest()[:12]}-{font.place}"
        # One that may not be embedded, or is broken, is passed over.
        with suppress(TTFError, OSError, struct.error, ValueError, KeyError, IndexError):
            if name not in pdfmetrics.getRegisteredFontNames():
                pdfmetrics.registerFont(_Embedded(name, str(font.path), subfontIndex=font.place))
                pdfmetrics.registerFontFamily(name, name, name, name, name)
            face = pdfmetrics.getFont(name).face
            if ord(sign) in face.charToGlyph:
                # Cut it out on trial: what fails here must not fail in a letter.
                face.makeSubset([ord(sign)])
                return name
    return ""


@lru_cache(maxsize=2)
def _fonts(folders: tuple[Path, ...]) -> tuple[_Font, ...]:
    """All that could be embedded and have such signs, the house's own first. Once a process."""
    return tuple(font for folder in folders for path in _files(folder) for font in _read(path))


def _files(folder: Path) -> list[Path]:
    try:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
    except OSError:
        return []
    return [path for path in files if path.suffix.lower() in {".ttf", ".ttc", ".otf"}][:_FILES_MOST]


def _read(path: Path) -> Iterator[_Font]:
    with suppress(OSError, struct.error), path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        head = file.read(12)
        starts = [0]
        if head[:4] == b"ttcf":
            starts = list(struct.unpack(f">{min(_count(head), 64)}I", file.read(4 * _count(head))))
        for place, start in enumerate(starts):
            file.seek(start)
            version, tables = struct.unpack(">4sH6x", file.read(12))
            places = dict(_table(file.read(16)) for _ in range(tables))
            # Only TrueType's outlines can be embedded.
            if version == b"OTTO" or b"glyf" not in places or b"cmap" not in places:
                continue
            # Half a file would be half a sign.
            if max(map(sum, places.values())) > size:
                continue
            if b"OS/2" in places:
                file.seek(places[b"OS/2"][0])
                if struct.unpack(">8xH", file.read(10))[0] & _KEPT_BACK:
                    continue
            where, length = places[b"cmap"]
            file.seek(where)
            runs = _runs(file.read(min(length, _TABLE_MOST)))
            if runs:
                yield _Font(path, place, runs)


def _count(head: bytes) -> int:
    return int(struct.unpack(">8xI", head)[0])


def _table(entry: bytes) -> tuple[bytes, tuple[int, int]]:
    name, _check, where, length = struct.unpack(">4sIII", entry)
    return name, (where, length)


def _runs(cmap: bytes) -> tuple[tuple[int, int], ...]:
    """What stands in the table for all of Unicode (format 12) of ideographs beyond the usual."""
    (many,) = struct.unpack_from(">2xH", cmap)
    for number in range(many):
        platform, _encoding, start = struct.unpack_from(">HHI", cmap, 4 + 8 * number)
        if platform not in {0, 3} or struct.unpack_from(">H", cmap, start) != (12,):
            continue
        (groups,) = struct.unpack_from(">12xI", cmap, start)
        end = min(start + 16 + groups * _GROUP.size, len(cmap))
        whole = cmap[start + 16 : end - (end - start - 16) % _GROUP.size]
        found = tuple((first, last) for first, last, _glyph in _GROUP.iter_unpack(whole))
        if any(last >= 0x20000 for _first, last in found):
            return found
    return ()
