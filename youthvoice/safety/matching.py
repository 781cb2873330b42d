"""Finding listed words, also where they were dressed up so as not to be found.

Aho–Corasick over folded text: one pass, whatever the length of the list.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from youthvoice.safety.folding import Folded, fold

#: Signs that stand for each other: alike in sound or shape. The first of each row is meant.
_ALIKE = (
    "妈马麻玛吗嘛",
    "逼比币笔屄批毕壁b",
    "傻煞沙莎",
    "操草艹肏糙曹",
    "贱剑",
    "婊表裱",
    "狗苟够",
    "死屎",
    "杀沙鲨",
    "微威薇维",
    "信芯",
    "卡咖",
    "单丹",
    "刷唰",
    "贷代货袋",
    "炸诈",
    "枪抢呛",
    "药钥",
    "娘酿",
    "滚磙",
    "屌吊",
)
_SOUND = {sign: row[0] for row in reversed(_ALIKE) for sign in row[1:]}
#: Stands for a sign of an ordinary word; no letter and no digit.
_SWALLOWED = "|"
#: Digits that are read as letters.
_LEET = str.maketrans("01l34589", "oiieasbg")


@dataclass(frozen=True)
class Hit:
    word: str
    kind: str
    #: Where in the original text.
    start: int
    end: int


class Matcher:
    def __init__(self, words: dict[str, str], ordinary: Iterable[str] = ()) -> None:
        """`words`: each with its kind. Nothing is found that takes part of an `ordinary` word."""
        # Of `！！` nothing is left to be found, and the automaton takes no such word.
        words = {word: kind for word, kind in words.items() if fold(word).text}
        folded = {fold(word).text for word in words}
        self._ordinary = AhoCorasick(
            [w for w in dict.fromkeys(fold(w).text for w in ordinary) if w and w not in folded],
            matchkind=MatchKind.LeftmostLongest,
        )
        self._words = list(words.items())
        self._is_latin = [word.isascii() for word, _kind in self._words]
        self._finder = AhoCorasick(
            [_key(fold(word).text, latin=word.isascii()) for word, _kind in self._words],
            matchkind=MatchKind.LeftmostLongest,
        )

    def find(self, text: str) -> list[Hit]:
        """From left to right, none within another."""
        if not self._words:
            return []
        folded = fold(text)
        found: list[Hit] = []
        plain = self._swallow(text, folded)
        for latin in (False, True):
            for number, start, end in self._finder.find_matches_as_indexes(
                _key(folded.text if latin else plain, latin=latin)
            ):
                if self._is_latin[number] is not latin:
                    continue
                word, kind = self._words[number]
                if latin and not _stands_alone(text, folded, start, end):
                    continue
                found.append(Hit(word, kind, *folded.span(start, end)))
        return sorted(found, key=lambda hit: hit.start)

    def _swallow(self, text: str, folded: Folded) -> str:
        """Without the ordinary words: "复杂种类" holds no "杂种", "复杂，杂种" does."""
        parts, last = [], 0
        for _number, start, end in self._ordinary.find_matches_as_indexes(folded.text):
            first, after = folded.span(start, end)
            if text[first:after].isalnum():
                parts += [folded.text[last:start], _SWALLOWED * (end - start)]
                last = end
        return "".join([*parts, folded.text[last:]])


def _key(folded: str, *, latin: bool) -> str:
    """As the automaton compares it; one sign for each."""
    if latin:
        return folded.translate(_LEET)
    return "".join(_SOUND.get(sign, sign) for sign in folded)


def _stands_alone(text: str, folded: Folded, start: int, end: int) -> bool:
    """No part of a longer word, and not put together from several."""
    first, last = folded.span(start, end)
    if any(
        sign.isascii() and sign.isalnum()
        for sign in text[first - 1 : first] + text[last : last + 1]
    ):
        return False
    gaps = [
        text[a:b]
        for a, b in zip(folded.ends[start : end - 1], folded.places[start + 1 : end], strict=True)
    ]
    # "n m s l" is one word; "girls bag" is two.
    return all(gaps) or not any(" " in gap for gap in gaps)
