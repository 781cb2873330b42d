"""What a window weighs: words by their kinds, kinds that follow each other, and short strings.

A linear model in plain Python: each feature counts once, its weight is a whole number, and the
sum is the explanation. `scripts/learn_signs.py` learns the weights; `static/js/signs.js` adds
them in the same order, so that browser and server say the same.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import add
from pathlib import Path

from youthvoice.safety.windows import Window

_DATA = Path(__file__).parent / "data" / "signs"
WORDS, WEIGHTS = _DATA / "words.txt", _DATA / "weights.json"
#: Words that are looked at in order to pass them over: "年轻" holds no "轻生".
SWALLOWED = "-"
#: No letter and no digit: where a window begins and ends, where clauses meet, and where a word
#: was passed over.
_BEGIN, _END, _COMMA, _GAP = "^", "$", ",", "|"
_DIGIT = re.compile("[0-9]")
#: Pairs of kinds so near, words from so many signs on by themselves.
_NEAR, _WHOLE = 4, 4
#: A window's sum is divided by the root of its signs, and of no fewer than these.
_SIGNS_LEAST, _FACTOR = 8, 0.04

#: Kind → its words.
Kinds = Mapping[str, Iterable[str]]


@dataclass(frozen=True)
class Clause:
    """What is found in a clause, wherever it stands."""

    #: Folded, digits alike, words passed over.
    text: str
    kinds: tuple[str, ...]
    #: Features that nothing beside it changes.
    inner: frozenset[str]
    signs: int


class Lexicon:
    def __init__(self, kinds: Kinds) -> None:
        self._kinds: dict[str, tuple[str, ...]] = {}
        sizes: dict[str, set[int]] = {}
        for kind, words in kinds.items():
            for word in words:
                self._kinds[word] = (*self._kinds.get(word, ()), kind)
                sizes.setdefault(word[0], set()).add(len(word))
        self._sizes = {sign: tuple(sorted(found, reverse=True)) for sign, found in sizes.items()}

    def read(self, clause: str) -> Clause:
        """From left to right, always the longest word."""
        parts: list[str] = []
        kinds: list[str] = []
        inner: set[str] = set()
        at = 0
        while at < len(clause):
            word = self._word_at(clause, at)
            found = self._kinds.get(word, ())
            if SWALLOWED in found:
                parts.append(_GAP)
            else:
                parts.append(_DIGIT.sub("0", word))
                kinds += found
                if found and len(word) >= _WHOLE:
                    inner.add(f"W:{word}")
            at += len(word)
        text = "".join(parts)
        for run in text.split(_GAP):
            inner.update(run, map(add, run, run[1:]), map(concat, run, run[1:], run[2:]))
        inner.update(map("K:{}".format, kinds))
        return Clause(text, tuple(kinds), frozenset(inner), len(clause))

    def _word_at(self, clause: str, at: int) -> str:
        """The word that begins there, or the one sign."""
        for size in self._sizes.get(clause[at], ()):
            word = clause[at : at + size]
            if word in self._kinds:
                return word
        return clause[at]


def concat(one: str, two: str, three: str) -> str:
    return one + two + three


def features(clauses: Iterable[Clause]) -> set[str]:
    """`K:` a kind of words, `P:` one kind before another, `W:` a word, and strings of signs."""
    clauses = list(clauses)
    return {name for clause in clauses for name in clause.inner} | between(clauses)


def between(clauses: Sequence[Clause]) -> set[str]:
    """Features that reach from clause to clause, and strings at a window's edges."""
    text = _BEGIN + _COMMA.join([clause.text for clause in clauses]) + _END
    found: set[str] = set()
    at = 0
    for clause in clauses:
        found.update(_around(text, at))
        at += len(clause.text) + 1
    found.update(_around(text, at))
    kinds = [kind for clause in clauses for kind in clause.kinds]
    for near in range(1, _NEAR + 1):
        found.update(map(_pair, kinds, kinds[near:]))
    return found


def _around(text: str, at: int) -> list[str]:
    """The strings of two and three signs that hold the mark at that place."""
    places = ((at - 1, at + 1), (at, at + 2), (at - 2, at + 1), (at - 1, at + 2), (at, at + 3))
    return [
        text[start:end]
        for start, end in places
        if start >= 0 and end <= len(text) and _GAP not in text[start:end]
    ]


@lru_cache(maxsize=4096)
def _pair(first: str, then: str) -> str:
    return f"P:{first}>{then}"


@dataclass(frozen=True)
class Weighed:
    score: float
    window: Window


@dataclass(frozen=True)
class Model:
    lexicon: Lexicon
    weights: Mapping[str, int]
    bias: float
    #: Taken off for so many windows (the last one for more): who looks often finds something.
    off: tuple[float, ...]
    #: From these scores on help is shown, and a question withheld.
    help_from: float
    sure_from: float
    #: For each of `of` what a kind of words says for it: whether one hurts oneself or others do.
    of: tuple[str, ...] = ()
    towards: Mapping[str, list[int]] = field(default_factory=dict)

    def weigh(self, windows: list[Window]) -> list[Weighed]:
        """Each window, with what many windows cost taken off; what is said again counts once."""
        off = self.off[min(len(windows), len(self.off)) - 1]
        kept: dict[str, tuple[Clause, frozenset[str]]] = {}
        known = self.weights.keys()
        found = []
        for window in dict.fromkeys(windows):
            for text in window:
                if text not in kept:
                    clause = self.lexicon.read(text)
                    kept[text] = clause, clause.inner & known
            clauses = [kept[text][0] for text in window]
            names = (between(clauses) & known).union(*[kept[text][1] for text in window])
            total = sum(map(self.weights.__getitem__, names))
            signs = max(_SIGNS_LEAST, sum([clause.signs for clause in clauses]))
            found.append(Weighed(total * _FACTOR / math.sqrt(signs) + self.bias - off, window))
        return found

    def _worth(self, name: str) -> int:
        return self.weights.get(name, 0)

    def code(self, window: Window) -> str:
        """Whose danger, and the kind of words that speaks most for it: "self.wish"."""
        kinds = [k for clause in window for k in self.lexicon.read(clause).kinds if k != SWALLOWED]
        known = [kind for kind in dict.fromkeys(kinds) if kind in self.towards]
        sums = [sum(self.towards[kind][place] for kind in known) for place in range(len(self.of))]
        place = max(range(len(self.of)), key=sums.__getitem__)
        best = max(known, key=lambda kind: self.towards[kind][place], default="")
        return f"{self.of[place]}.{best or 'hint'}"

    def words(self, window: Window, *, most: int = 5) -> list[str]:
        """The strings that speak most for danger, the strongest first."""
        found = features(map(self.lexicon.read, window))
        strong = sorted(found, key=lambda name: (-self._worth(name), name))
        return [name for name in strong if self._worth(name) > 0][:most]


def read_kinds(text: str) -> dict[str, list[str]]:
    """One kind a line: its name, a colon, its words."""
    lines = (line.partition(":") for line in text.splitlines() if line and line[0] != "#")
    return {kind: words.split() for kind, _colon, words in lines}


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    said = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Model(
        lexicon=Lexicon(read_kinds(WORDS.read_text(encoding="utf-8"))),
        weights={
            name: int(weight) for weight, names in said["weights"].items() for name in names.split()
        },
        bias=said["bias"],
        off=tuple(said["off"]),
        help_from=said["help_from"],
        sure_from=said["sure_from"],
        of=tuple(said["of"]),
        towards=said["towards"],
    )
