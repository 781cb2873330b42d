"""Finding what leads strangers to a person: telephone, identity, card and chat numbers.

Looks through full-width and Chinese digits and the usual separators. Short service
numbers (12355, 110 …) and landlines, which offices have, are nobody's own.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    PHONE = "phone"
    IDENTITY = "identity"
    CARD = "card"
    CHAT = "chat"
    #: A class of a school: one of some forty people. Looked for only when asked to.
    CLASS = "class"


@dataclass(frozen=True)
class Found:
    """Where in the text, in characters, and what."""

    kind: Kind
    start: int
    end: int


#: One character each way, so that places in the folded text are places in the text.
_FOLD = {
    # The digits of every script, all in the first two planes: what `\d` finds and `[0-9]`
    # doesn't would be a number that begins anew at each digit.
    **{n: str(unicodedata.digit(chr(n))) for n in range(128, 0x20000) if chr(n).isdecimal()},
    **{ord(sign): str(n) for n, sign in enumerate("零一二三四五六七八九")},
    ord("〇"): "0",
    ord("○"): "0",
    ord("幺"): "1",
    ord("壹"): "1",
    ord("Ｘ"): "X",
    ord("－"): "-",
    ord("—"): "-",
    ord("\u3000"): " ",
    ord("．"): ".",
    ord("·"): ".",
}
_GAP = r"[ \-.]{0,2}"
_NOT_IN_NUMBER = r"(?<![0-9])(?<![0-9][ \-.])"
_PATTERNS = (
    (Kind.IDENTITY, re.compile(rf"{_NOT_IN_NUMBER}[1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx](?!\d)")),
    (Kind.CARD, re.compile(rf"{_NOT_IN_NUMBER}\d(?:{_GAP}\d){{15,18}}(?!\d)")),
    (Kind.PHONE, re.compile(rf"(?<!\d)(?:\+?86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)")),
    (
        Kind.CHAT,
        re.compile(
            r"(?:微信|威信|薇信|扣扣|q{2}|v信|[vw]x)(?:号码|号|群)?[ 是为:：]{0,3}"
            r"([a-z][a-z0-9_\-]{5,19}|\d{6,12})(?![a-z0-9_])",
            re.IGNORECASE,
        ),
    ),
)
#: A school, then within a few signs its class, as in 一中高二(3)班 or 实验中学2023级12班. The
#: school stays: what is said about it is not about one person.
_SCHOOL_CLASS = re.compile(
    r"(?:小学|中学|初中|高中|学校|附中|附小|职高|中专|技校|学院|大学|实验|外国语|\d{1,2}[中小高])"
    r"[^，。！？；,!?;\n]{0,6}?"
    r"((?:(?:[初高小大][1-6]|[1-9]年级|(?:20)?\d{2}级)[^，。！？；,!?;\n\d]{0,6}?)?"
    r"[(（\[【]?\d{1,2}[)）\]】]?班)(?![车次机组倒])"
)
#: Stands for what is hidden. Asterisks would be taken for emphasis where texts are drawn.
HIDDEN = "•"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


#: No place is longer, with what stands before and behind it that says so; see `_around`.
_REACH = 60
#: What a pattern looks at before and behind a place.
_BESIDE = 2


def find(text: str, *, classes: bool = False) -> list[Found]:
    """All places, from left to right, none within another; `classes` of schools, too."""
    folded = text.translate(_FOLD)
    found: list[Found] = []
    taken = bytearray(len(text))
    patterns = (*_PATTERNS, (Kind.CLASS, _SCHOOL_CLASS)) if classes else _PATTERNS
    for kind, pattern in patterns:
        for match in pattern.finditer(folded):
            start, end = match.span(match.re.groups)
            if kind is Kind.IDENTITY and not _is_identity(folded[start:end]):
                continue
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                found.append(Found(kind, start, end))
    return sorted(found, key=lambda place: place.start)


def mask(text: str, *, classes: bool = False, sign: str = HIDDEN) -> str:
    """The same text with every place found hidden behind its first three characters; of a
    class nothing is left but the word 班. `sign` stands for each character that is hidden.

    What is hidden may uncover a place beside it: the end of a name, a class nearer to its
    school. So it is looked at again, but only there: the work grows with the text's length,
    however many places there are.
    """
    signs = list(text)
    parts = [(0, len(signs))]
    while parts:
        hidden = []
        for begin, end in parts:
            for place in find("".join(signs[begin:end]), classes=classes):
                at = Found(place.kind, begin + place.start, begin + place.end)
                if _is_whole(at, begin, end, len(signs)) and _hide(signs, at, sign):
                    hidden.append(at)
        parts = _around(hidden, len(signs))
    return "".join(signs)


def _is_whole(place: Found, begin: int, end: int, most: int) -> bool:
    """Whether it would be found in the whole text, too: not where a part of it was cut off."""
    return (not begin or place.start >= begin + _BESIDE) and (
        end == most or place.end <= end - _BESIDE
    )


def _around(hidden: list[Found], most: int) -> list[tuple[int, int]]:
    """The parts of a text in which these places may have uncovered others, none in another."""
    parts: list[tuple[int, int]] = []
    for place in hidden:
        begin, end = max(place.start - _REACH, 0), min(place.end + _REACH, most)
        if parts and begin <= parts[-1][1]:
            begin = parts.pop()[0]
        parts.append((begin, end))
    return parts


def _hide(signs: list[str], place: Found, sign: str) -> bool:
    """Whether anything was hidden that wasn't."""
    before = signs[place.start : place.end]
    if place.kind is Kind.CLASS:
        signs[place.start : place.end - 1] = sign * (place.end - place.start - 1)
        return signs[place.start : place.end] != before
    kept = 0
    for at in range(place.start, place.end):
        # What separates digits; in a chat's name they are signs like any other.
        if place.kind is not Kind.CHAT and signs[at] in " -.·－—．\u3000":
            continue
        kept += 1
        if kept > 3:
            signs[at] = sign
    return signs[place.start : place.end] != before


def _is_identity(number: str) -> bool:
    """The check digit of GB 11643-1999 (ISO 7064, MOD 11-2)."""
    digits = [sign for sign in number.upper() if sign.isalnum()]
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return digits[17] == "10X98765432"[total % 11]
