"""Words as numbers are looked for in them: digits of every form are digits, what stands between
them is one of a few signs, and what shows nothing is not there.

Like `folding`, but what separates is kept: a date has to stay one. Every sign knows its place.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import ne

from youthvoice.kit.digits import SAID, digits_of, is_unseen
from youthvoice.safety.folding import alike

#: Said or written in a digit's place where other digits are; elsewhere words of their own.
LOOSE = str.maketrans(SAID | {"o": "0", "l": "1", "i": "1"})
_LOOSE = "".join(map(chr, LOOSE))
#: Some signs that stand for all that separates; each its own meaning where it matters.
_SEPARATES = {
    "-": "-−－~～〜➖ー",
    "/": "/／\\＼|｜¦⁄∕丨",
    "(": "\"'＂＇`´<>＜＞",
    ".": ".．·・･․…‧∙⋅",
    "*": "*＊",
    "!": "!！?？。｡",
    ":": ":：∶",
    ",": ",，、､;；=+*#＊&^＝＋＃＆$＄¥￥",
}
_SIGN = {sign: stands for stands, signs in _SEPARATES.items() for sign in signs}
_CATEGORY = {"Pd": "-", "Ps": "(", "Pe": "(", "Pi": "(", "Pf": "(", "Pc": "_"}
#: A letter that is a picture: NEGATIVE SQUARED LATIN CAPITAL LETTER V.
_PICTURE = re.compile(r"\bLETTER (?:SMALL CAPITAL )?([A-Z])$")
#: One dress of digits ends where another begins: of 13800001234一直 only what is alike is one.
_HAN, _DRESSED, _PLAIN = "h", "d", "p"
_GROUP = re.compile(f"[0-9{_LOOSE}]+")
_SAID = re.compile(f"[{''.join(SAID)}]")
_DIGITS = re.compile(f"[0-9{''.join(SAID)}]+")
#: A picture that is a word: what QQ is called.
PENGUIN = "🐧"
#: What may stand between the digits of one number.
_BETWEEN = frozenset(" -/(._~\n!:,*" + PENGUIN)
#: So many of them, white space of any length counted once.
GAP_MOST = 4
#: Signs that end a number, and say of what it is or that something was hidden.
_ENDS = "•%@‰×°℃℉"


@dataclass(frozen=True)
class Looked:
    text: str
    #: For each sign of `text`, its place in the original.
    places: Sequence[int]
    #: For each sign, which dress it wears.
    dress: str


class _Table(dict[int, str]):
    """What `translate` puts in a sign's place, looked up once: always one sign."""

    def __init__(self, give: Callable[[str], str]) -> None:
        self._give = give

    def __missing__(self, code: int) -> str:
        if len(self) > _KEPT_MOST:
            self.clear()
        given = self[code] = self._give(chr(code))
        return given


_KEPT_MOST = 16384
#: In place of a sign that shows nothing, and of one that is more than one digit.
_NONE, _SEVERAL = "\0", "\1"
#: White space in the words of a page, as `look` reads their signs: `&nbsp;`, `<br>`.
_OF_A_PAGE = r"(?:,(?:nbsp|ensp|emsp|,160|,xa0),|\((?:br|/?p|/?div) ?/?\()[\0 \n]{0,9}"
#: What doesn't stay one sign for one: white space of any length is one sign, dots or dashes
#: between two digits are as many as may stand there.
_UNEVEN = re.compile(
    rf"[\0\1]|[ \n][\0 \n]+|(?:{_OF_A_PAGE}){{1,20}}|(?<=[0-9])([-._~])\1{{{GAP_MOST},60}}(?=[0-9])"
)


def look(text: str) -> Looked:
    plain, dress = text.translate(_PLAIN_SIGNS), text.translate(_DRESSES)
    if not _UNEVEN.search(plain):
        return Looked(plain, range(len(plain)), dress)
    signs: list[str] = []
    worn: list[str] = []
    places: list[int] = []
    done = 0
    for uneven in _UNEVEN.finditer(plain):
        start, end = uneven.span()
        stands = uneven[0]
        if stands == _NONE:
            given = ""
        elif stands == _SEVERAL:
            given = _plain(text[start])[0]
        elif uneven[1]:
            given = uneven[1] * GAP_MOST
        else:
            given = "\n" if "\n" in stands else " "
        signs += plain[done:start], given
        worn += dress[done:start], dress[start] * len(given)
        places += range(done, start)
        places += [start] * len(given)
        done = end
    signs.append(plain[done:])
    worn.append(dress[done:])
    places += range(done, len(plain))
    return Looked("".join(signs), places, "".join(worn))


@lru_cache(maxsize=16384)
def _plain(given: str) -> tuple[str, str]:
    """What a sign stands for, and in what dress if it is a digit."""
    if found := digits_of(given):
        if given.isdecimal():
            return found, _PLAIN
        return found, _HAN if unicodedata.category(given) in {"Lo", "Nl"} else _DRESSED
    if is_unseen(given):
        return "", _PLAIN
    if given.isspace():
        return "\n" if given in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029" else " ", _PLAIN
    category = unicodedata.category(given)
    if stands := _SIGN.get(given) or _CATEGORY.get(category):
        return stands, _PLAIN
    if category[0] == "L":
        return alike(given), _HAN if given in SAID else _PLAIN
    if given in _ENDS or given == PENGUIN:
        return given, _PLAIN
    if category in {"So", "Nl"}:
        plain = unicodedata.normalize("NFKC", given)
        if picture := _PICTURE.search(unicodedata.name(given, "")):
            plain = picture[1]
        return (plain.lower() if len(plain) == 1 and plain.isalpha() else "~"), _PLAIN
    return ("~" if category in {"Po", "Sk", "Sm"} else given), _PLAIN


_PLAIN_SIGNS = _Table(lambda sign: _one_sign(_plain(sign)[0]))
_DRESSES = _Table(lambda sign: _plain(sign)[1])


def _one_sign(plain: str) -> str:
    if len(plain) == 1:
        return plain if plain > _SEVERAL else "~"
    return _SEVERAL if plain else _NONE


class Chain:
    """Digits of which one number may consist, with nothing between them but what separates.

    Built group by group; what is asked of it takes no longer for a long chain.
    """

    def __init__(self) -> None:
        self.digits = ""
        #: Places of the digits in the text that was looked at.
        self.at: list[int] = []
        #: Where a group begins, and where the last one ends: a number stands between two.
        self.edges = bytearray()
        self.dress = ""
        self._groups: list[str] = []
        #: What stands before the groups, white space left out, from the second on.
        self._gaps: list[str] = []
        #: For each digit its group.
        self._of: list[int] = []

    def add(self, gap: str, start: int, group: str, dress: str) -> None:
        if self._groups:
            self._gaps.append(gap.replace(" ", "") or gap)
        self._of += [len(self._groups)] * len(group)
        self._groups.append(group)
        self.at += range(start, start + len(group))
        self.edges += b"\1" + bytes(map(ne, dress[1:], dress))
        self.dress += dress

    def end(self) -> None:
        self.edges.append(1)
        self.digits = "".join(self._groups)
        self._parted = " ".join(self._groups)
        values = self.digits.encode().translate(_VALUES)
        doubled = values.translate(_DOUBLED)
        # As if the last digit of a number had an even place, and as if it had an odd one.
        even, odd = bytearray(values), bytearray(values)
        even[1::2], odd[::2] = doubled[1::2], doubled[::2]
        self._sums = [list(accumulate(sums, initial=0)) for sums in (even, odd)]

    def groups(self, start: int, many: int) -> list[str]:
        """These digits as they stand together."""
        last = start + many - 1
        of = self._of
        return self._parted[start + of[start] : last + of[last] + 1].split(" ")

    def gaps(self, start: int, many: int) -> list[str]:
        """What stands between their groups."""
        return self._gaps[self._of[start] : self._of[start + many - 1]]

    def sum(self, start: int, many: int) -> int:
        """Of ISO/IEC 7812: every other digit doubled, from the last but one backwards."""
        end = start + many
        sums = self._sums[(end - 1) % 2]
        return sums[end] - sums[start]


_VALUES = bytes.maketrans(b"0123456789", bytes(range(10)))
_DOUBLED = bytes.maketrans(bytes(range(10)), bytes([0, 2, 4, 6, 8, 1, 3, 5, 7, 9]))


def chains(looked: Looked, least: int) -> list[Chain]:
    """All that have at least so many digits."""
    found: list[Chain] = []
    chain, ended = Chain(), 0
    for start, group in _groups(looked.text):
        gap = looked.text[ended:start]
        if chain.at and not _joins(gap):
            found.append(chain)
            chain = Chain()
        chain.add(gap, start, group, looked.dress[start : start + len(group)])
        ended = start + len(group)
    found = [chain for chain in (*found, chain) if len(chain.at) >= least]
    for chain in found:
        chain.end()
    return found


def _groups(text: str) -> list[tuple[int, str]]:
    found = []
    for match in _GROUP.finditer(text):
        group, start, end = match[0], *match.span()
        if group.isdigit():
            found.append((start, group))
            continue
        # 138OO, but not hello5 and not 5lbs: letters within a word stay.
        is_word = (start and _is_latin(text[start - 1])) or (
            end < len(text) and _is_latin(text[end])
        )
        parts = _DIGITS if is_word else _GROUP
        found += [(start + m.start(), m[0].translate(LOOSE)) for m in parts.finditer(group)]
    return found


def _is_latin(sign: str) -> bool:
    return "a" <= sign <= "z"


def with_said(looked: Looked, digits: list[Chain]) -> str:
    """The text in which 两 is a digit where it stands in one of these chains."""
    if not _SAID.search(looked.text):
        return looked.text
    signs = list(looked.text)
    for chain in digits:
        for place, digit in zip(chain.at, chain.digits, strict=True):
            if signs[place] in SAID:
                signs[place] = digit
    return "".join(signs)


def _joins(gap: str) -> bool:
    return len(gap) <= GAP_MOST and _BETWEEN.issuperset(gap)
