"""Finding what leads strangers to a person: telephone, identity, card and chat numbers.

Looks through digits of every form and whatever stands between them (`looking`). Short service
numbers (12355, 110 …) are nobody's own; landlines, 400 and 800 are an office's, unless somebody
says that they are theirs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import compress

from youthvoice.safety import numbers
from youthvoice.safety.looking import PENGUIN, Chain, Looked, chains, look, with_said


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


#: The fewest digits of any number that is told by its digits alone.
_LEAST = 10
#: The fewest of any number at all.
_FEWEST = 5
_GAP = r"[ \n\-/(._~!:,*]{0,3}"
_APART = r"[ \-/(._~:,*]{0,2}"
#: What a chat is called, however it is dressed up, each sign with one that shows between.
_CHATS = (
    "微信", "威信", "薇信", "维信", "溦信", "徽信", "徵信", "葳信", "微x", "薇x", "威x", "维x",
    "v信", "w信", "v❤",
    "wechat", "weixin", "wx", "vx", "微❤", "薇❤", "威❤", "绿泡泡",
)  # fmt: skip
_QQS = (
    "qq",
    "扣扣",
    "抠抠",
    "口口",
    "叩叩",
    "球球",
    "秋秋",
    "丘丘",
    "企鹅",
    PENGUIN,
    "q号",
    "扣号",
    "q群",
    "扣群",
)


def _any(names: tuple[str, ...]) -> str:
    return "|".join(_APART.join(name.replace("❤", "~")) for name in names)


_IS = rf"(?:{_APART}(?:号码|账号|帐号|号|群|id))?(?:[ \n\-/(._~:,*]|是|为|叫|加|搜|同号){{0,4}}"
#: What is said of the program, and names nobody in it.
_WORDS = "wechat|weixin|windows|android|iphone|harmony|harmonyos|version|official|login|online"
_NAME = rf"(?!(?:{_WORDS})(?![a-z0-9_\-]))[a-z][a-z0-9_\-]{{5,19}}"
#: One sign after the other.
_SPELT = r"[a-z](?:[ ./\-][a-z0-9_]){5,19}"
_FIVE = rf"[1-9](?:{_GAP}[0-9]){{4,11}}"
_SIX = rf"[1-9](?:{_GAP}[0-9]){{5,11}}"
#: A name that is not just a word: what goes before it says little.
_ODD = r"(?=[a-z_\-]{0,19}[0-9_])[a-z][a-z0-9_\-]{5,19}"
_LAST = r"(?![a-z0-9_])"
#: One letter or one sign is a chat where somebody is to be added, or before a colon.
_ADD = r"(?:加|添加|联系|找|,)(?:我|个|一下|下)?(?:的|,|-| )?"
_PATTERNS = (
    (
        Kind.CHAT,
        re.compile(rf"(?:{_any(_QQS)}){_IS}(?!12[0-9]{{3}}(?![0-9]))({_FIVE}|{_NAME}){_LAST}"),
    ),
    (Kind.CHAT, re.compile(rf"(?:{_any(_CHATS)}){_IS}({_NAME}|{_SPELT}|{_SIX}){_LAST}")),
    (
        Kind.CHAT,
        re.compile(
            rf"(?:{_ADD}(?:[qvw](?![a-z])|[薇微威扣徽])|(?<![a-z0-9])[qvw扣薇威徽] ?:)"
            rf"{_IS}({_SIX}|{_ODD}){_LAST}"
        ),
    ),
    (Kind.CHAT, re.compile(rf"(?<![0-9])({_FIVE})[ (]?(?:@|艾特|at)[ (]?{_APART.join('qq')}")),
)
#: A school, then within a few signs its class, as in 一中高二(3)班 or 实验中学2023级12班. The
#: school stays: what is said about it is not about one person.
_SCHOOL_CLASS = re.compile(
    r"(?:小学|中学|初中|高中|学校|附中|附小|职高|中专|技校|学院|大学|实验|外国语|\d{1,2}[中小高])"
    r"[^,!\n]{0,6}?"
    r"((?:(?:[初高小大][1-6]|[1-9]年级|(?:20)?\d{2}级)[^,!\n\d]{0,6}?)?"
    r"\(?\d{1,2}\(?班)(?![车次机组倒])"
)
#: Stands for what is hidden. Asterisks would be taken for emphasis where texts are drawn.
HIDDEN = "•"
_STAYS = " \n-/(._~!:,*"
#: Before a landline, within so many signs: whose it is.
_BEFORE = 14
_OWN = re.compile(r"我(?!们)|本人|自己|家|宅|联系人|先生|女士|小姐|姓名|父亲|母亲|爸|妈")
_OFFICE = re.compile(
    r"[局办所处科股院校店厂部委]|中心|热线|单位|公司|窗口|投诉|咨询|举报|服务|值班|政府|街道|社区|物业|银行|致电"
)
#: No place is longer, in signs that were looked at, with what stands before and behind it that
#: says so; see `_around`.
_REACH = 100
#: What a pattern looks at before and behind a place.
_BESIDE = 2


def find(text: str, *, classes: bool = False) -> list[Found]:
    """All places, from left to right, none within another; `classes` of schools, too."""
    looked = look(text)
    places = looked.places
    return [
        Found(place.kind, places[place.start], places[place.end - 1] + 1)
        for place in find_looked(looked, classes=classes)
    ]


def find_looked(looked: Looked, *, classes: bool = False) -> list[Found]:
    """The same, in signs that were looked at."""
    found: list[Found] = []
    taken = bytearray(len(looked.text))
    for place in _candidates(looked, classes):
        if not any(taken[place.start : place.end]):
            taken[place.start : place.end] = b"\x01" * (place.end - place.start)
            found.append(place)
    return sorted(found, key=lambda place: place.start)


def _candidates(looked: Looked, classes: bool) -> Iterator[Found]:
    """The surest first: whichever comes first has its place."""
    digits = chains(looked, _FEWEST)
    text = with_said(looked, digits)
    begins = [_begins(chain) for chain in digits]
    for kind, question, firsts in _QUESTIONS:
        for chain, starts in zip(digits, begins, strict=True):
            passed = 0
            for start, first in starts:
                if start < passed or (firsts and first not in firsts):
                    continue
                many = question(chain, start)
                end = chain.at[start + many - 1] + 1 if many else 0
                if many == _WITH_X and question is numbers.identity:
                    x = _X.match(looked.text, end)
                    end = x.end() if x else 0
                if end and question is numbers.landline and not _is_own(text, chain.at[start]):
                    end = 0
                if end:
                    passed = start + many
                    yield Found(kind, chain.at[start], end)
    patterns = (*_PATTERNS, (Kind.CLASS, _SCHOOL_CLASS)) if classes else _PATTERNS
    for kind, pattern in patterns:
        for match in pattern.finditer(text):
            yield Found(kind, *match.span(match.re.groups))


def _begins(chain: Chain) -> list[tuple[int, str]]:
    """Where a number may begin, and with which two digits."""
    places = range(len(chain.digits) - _LEAST + 1)
    return [(at, chain.digits[at : at + 2]) for at in compress(places, chain.edges)]


#: Each with the two digits of which one such number begins, if not with any.
_QUESTIONS = (
    (Kind.IDENTITY, numbers.identity, numbers.PROVINCES),
    (Kind.CARD, numbers.card, None),
    (Kind.PHONE, numbers.mobile, numbers.MOBILES),
    (Kind.IDENTITY, numbers.old_identity, numbers.PROVINCES),
    (Kind.PHONE, numbers.landline, numbers.LANDLINES),
)
#: Digits of an identity whose last sign is none.
_WITH_X = 17
_X = re.compile(rf"{_GAP}[x×](?![a-z0-9])")


def _is_own(text: str, start: int) -> bool:
    before = text[max(start - _BEFORE, 0) : start]
    return bool(_OWN.search(before)) and not _OFFICE.search(before)


def mask(text: str, *, classes: bool = False, sign: str = HIDDEN) -> str:
    """The same text with every place found hidden behind its first three characters; of a
    class nothing is left but the word 班. `sign` stands for each character that is hidden.

    What is hidden may uncover a place beside it: the end of a name, a class nearer to its
    school. So it is looked at again, but only there: the work grows with the text's length,
    however many places there are.
    """
    looked = look(text)
    signs, hidden = list(looked.text), bytearray(len(looked.text))
    parts = [(0, len(signs))]
    while parts:
        last = []
        for begin, end in parts:
            part = Looked("".join(signs[begin:end]), [], looked.dress[begin:end])
            for place in find_looked(part, classes=classes):
                at = Found(place.kind, begin + place.start, begin + place.end)
                if _is_whole(at, begin, end, len(signs)) and _hide(signs, hidden, at):
                    last.append(at)
        parts = _around(last, len(signs))
    masked = list(text)
    for where in compress(looked.places, hidden):
        masked[where] = sign
    return "".join(masked)


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


def _hide(signs: list[str], hidden: bytearray, place: Found) -> bool:
    """Whether anything was hidden that wasn't."""
    if place.kind is Kind.CLASS:
        meant = list(range(place.start, place.end - 1))
    else:
        # What separates digits stays; in a chat's name it is a sign like any other.
        between = " \n" if place.kind is Kind.CHAT else _STAYS
        all_of = [at for at in range(place.start, place.end) if signs[at] not in between]
        meant = all_of[3:]
    new = [at for at in meant if not hidden[at]]
    for at in new:
        signs[at], hidden[at] = HIDDEN, 1
    return bool(new)
