"""The words for what Django and allauth say: from the file that people write to the one that is
read. `python -m config.catalogue` after a change; a test looks that both are alike."""

import ast
import struct
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "locale/zh_Hans/LC_MESSAGES"
#: As in the file itself, which is small enough to be looked through one by one.
_MAGIC = 0x950412DE


def read(path: Path) -> dict[str, str]:
    """What each message becomes; a plural's both forms are one key, with \\0 between them."""
    found: dict[str, str] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        parts: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if line.startswith("#") or not line.strip():
                continue
            if not line.startswith('"'):
                name, _, line = line.partition(" ")
            parts[name] = parts.get(name, "") + ast.literal_eval(line)
        if "msgid" in parts:
            plural = parts.get("msgid_plural")
            key = parts["msgid"] if plural is None else f"{parts['msgid']}\0{plural}"
            found[key] = parts["msgstr" if plural is None else "msgstr[0]"]
    return found


def compiled(words: dict[str, str]) -> bytes:
    """The same as gettext reads it: two tables of lengths and places, and what they point to."""
    pairs = sorted((key.encode(), value.encode()) for key, value in words.items())
    place = 28 + 16 * len(pairs)
    tables: list[list[int]] = [[], []]
    text = b""
    for which in (0, 1):
        for pair in pairs:
            tables[which] += [len(pair[which]), place + len(text)]
            text += pair[which] + b"\0"
    head = [_MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 28 + 16 * len(pairs)]
    numbers = [*head, *tables[0], *tables[1]]
    return struct.pack(f"<{len(numbers)}I", *numbers) + text


if __name__ == "__main__":
    (FOLDER / "django.mo").write_bytes(compiled(read(FOLDER / "django.po")))
