"""Digits in every form in which they are typed, pasted and read out, and codes made of them.

A digit is known by its value in Unicode's tables, whatever its script or dress: full-width, in
a circle, mathematical, Arabic-Indic, a keycap, 三 or 叁.
"""

import re
import unicodedata
from functools import lru_cache

#: Digits as they are read out, of which the tables know nothing.
SAID = {"么": "1", "两": "2", "兩": "2", "俩": "2", "洞": "0", "拐": "7", "勾": "9"}
_ROUND = dict.fromkeys("○◯⭕⚪", "0")
#: Around the digits of one sign, as in ⑴ and ⒈.
_DRESS = re.compile(r"[().,〔〕\[\]]+")
#: Nothing to see, but no format characters by their class.
FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")


@lru_cache(maxsize=16384)
def digits_of(sign: str) -> str:
    """What digits a sign is, from 0 to 9: mostly one or none, two for ⑬."""
    if "0" <= sign <= "9":
        return sign
    if sign < "\x80":
        return ""
    if sign in _ROUND:
        return _ROUND[sign]
    value = unicodedata.numeric(sign, None)
    # A number that is one sign: 十 is none, for it stands beside others otherwise than digits do.
    most = 99 if unicodedata.category(sign) == "No" else 9
    if value is not None and value == int(value) and 0 <= value <= most:
        return str(int(value))
    plain = _DRESS.sub("", unicodedata.normalize("NFKC", sign))
    if plain != sign and len(plain) == 1:
        return digits_of(plain)
    return plain if plain.isascii() and plain.isdigit() else ""


def is_unseen(sign: str) -> bool:
    """Whether it draws nothing by itself: format characters, marks, controls, fillers."""
    return sign in FILLERS or (
        unicodedata.category(sign) in {"Cf", "Mn", "Me", "Cc"} and not sign.isspace()
    )


#: What keeps two codes apart, the weakest first: words; what ends a label or a clause; anything.
_APART = (re.compile("L+"), re.compile("[LP]+"), re.compile("[LP ]+"))


def codes_in(typed: str, *lengths: int) -> list[str]:
    """The codes of these lengths that stand in what was typed, each once, in their order.

    What is between the digits of a code is nothing: spaces, dashes, format characters. So is
    what stands before or behind it: 回执：, or the whole message that it came in.
    """
    read = "".join(_read(sign) for sign in typed)
    for apart in _APART:
        runs = ("".join(filter(str.isdigit, run)) for run in apart.split(read))
        if found := list(dict.fromkeys(run for run in runs if len(run) in lengths)):
            return found
    return []


@lru_cache(maxsize=4096)
def _read(sign: str) -> str:
    if found := digits_of(sign) or SAID.get(sign, ""):
        return found
    if is_unseen(sign):
        return ""
    if sign in ":：,，;；。\n":
        return "P"
    return "L" if unicodedata.category(sign)[0] == "L" else " "
