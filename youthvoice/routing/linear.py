"""A linear model as the web process keeps it: scores, how sure, and the words that led there."""

import json
import math
import zlib
from array import array
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import add, mul

from youthvoice.routing.features import RULE, TITLE, Asked, count, stands_at, times, vector
from youthvoice.routing.rules import WORDS

#: Words told with a suggestion, and the longest that is looked for.
WORDS_TOLD = 5
_WORD_LONGEST = 8
#: Unpacked, no model of ours is larger; whatever is, is none of ours.
_BYTES_MOST = 64 * 1024 * 1024

#: Of the first two signs of words: how long such words are, the longest first.
Begins = dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class Guess:
    """A code, how sure (0 to 1), and the words that speak for it, the strongest first."""

    code: str
    confidence: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Linear:
    target: str
    codes: list[str]
    bias: list[float]
    #: What a sign or a pair is worth, and for each feature one weight a code.
    rarity: dict[str, float]
    weights: dict[str, "array[float]"]
    #: How sharply scores turn into confidence.
    sharpness: float = 1.0
    #: From here on it was right 95 times in 100; above 1 when it never was.
    alone_from: float = 2.0
    #: Whole words, by which a guess is explained.
    words: frozenset[str] = field(default_factory=frozenset)

    def scores(self, features: Mapping[str, float]) -> list[float]:
        known = list(filter(self.weights.__contains__, features))
        values = list(map(features.__getitem__, known))
        # Code by code: each is one sum, without a loop of ours.
        codes = zip(*map(self.weights.__getitem__, known), strict=True)
        pushed = [sum(map(mul, values, weights)) for weights in codes]
        return list(map(add, self.bias, pushed)) if known else list(self.bias)

    def guess(self, asked: Asked, *, explain: bool = True) -> Guess:
        """The likeliest code."""
        features = vector(count(self.target, asked), self.rarity)
        scores = self.scores(features)
        best = max(range(len(scores)), key=scores.__getitem__)
        words = self._explain(asked, features, best) if explain else ()
        return Guess(self.codes[best], confidence(scores, self.sharpness), words)

    def _explain(self, asked: Asked, features: Mapping[str, float], best: int) -> tuple[str, ...]:
        """Whole words of the text by what their signs and pairs, and the rules, add to `best`
        beyond what they add to the others on average."""
        spoken = WORDS.get(self.target, {})
        title, code = asked.title.lower(), self.codes[best]
        weights, means = self.weights, self._means
        pushes = {
            name: features[name] * (weights[name][best] - means[name])
            for name in filter(weights.__contains__, features)
        }
        by_rule = pushes.get(RULE + code, 0.0)
        found = {}
        for word in set(self._words_in(f"{title}\n{asked.text.lower()}")):
            parts = _parts(word)
            strength = sum([pushes[part] for part in parts if part in pushes])
            if times(word, title):
                heads = [TITLE + part for part in parts]
                strength += sum([pushes[head] for head in heads if head in pushes])
            if code in spoken.get(word, ()):
                strength += by_rule
            if strength > 0:
                found[word] = strength
        strongest = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(word for word, _ in strongest[:WORDS_TOLD])

    def _words_in(self, text: str) -> list[str]:
        return whole_words(text, self._known, self._begins)

    @cached_property
    def _known(self) -> frozenset[str]:
        return self.words | WORDS.get(self.target, {}).keys()

    @cached_property
    def _begins(self) -> Begins:
        return begins_of(self._known)

    @cached_property
    def _means(self) -> dict[str, float]:
        return {name: sum(weights) / len(weights) for name, weights in self.weights.items()}

    # --- As bytes ------------------------------------------------------------------------

    def pack(self) -> bytes:
        """Compact bytes: JSON, compressed. They hold no sentence, only signs and pairs that
        several questions share."""
        said = {
            "target": self.target,
            "codes": self.codes,
            "bias": [round(b, 5) for b in self.bias],
            "rarity": {name: round(value, 4) for name, value in self.rarity.items()},
            "weights": {
                name: [round(w, 4) for w in weights] for name, weights in self.weights.items()
            },
            "sharpness": round(self.sharpness, 4),
            # Never up: what is sure to the last digit would be below its own threshold.
            "alone_from": math.floor(10_000 * self.alone_from) / 10_000,
            "words": sorted(self.words),
        }
        return zlib.compress(json.dumps(said, ensure_ascii=False).encode(), 6)

    @classmethod
    def unpack(cls, packed: bytes) -> "Linear":
        """Raises ValueError for what no `pack` has made."""
        opened = zlib.decompressobj()
        try:
            said = json.loads(opened.decompress(packed, _BYTES_MOST))
            weights = {name: array("f", row) for name, row in said["weights"].items()}
            model = cls(**said | {"weights": weights, "words": frozenset(said["words"])})
        except (zlib.error, ValueError, KeyError, TypeError, AttributeError) as problem:
            raise ValueError("this is no packed model") from problem
        return model


def confidence(scores: list[float], sharpness: float) -> float:
    """The best one's share when scores are taken as logarithms of odds."""
    top = max(scores)
    return 1.0 / sum(math.exp(sharpness * (score - top)) for score in scores)


@lru_cache(maxsize=8192)
def _parts(word: str) -> tuple[str, ...]:
    """A word's signs and pairs, each once."""
    return tuple(dict.fromkeys([*word, *map(add, word, word[1:])]))


def begins_of(known: Collection[str]) -> Begins:
    sizes: dict[str, set[int]] = {}
    for word in known:
        if 1 < len(word) <= _WORD_LONGEST:
            sizes.setdefault(word[:2], set()).add(len(word))
    return {begin: tuple(sorted(found, reverse=True)) for begin, found in sizes.items()}


def whole_words(text: str, known: Collection[str], begins: Begins | None = None) -> list[str]:
    """The known words of a text from left to right, always the longest; none of one sign.

    `begins`, as `begins_of` gives them, spares making them anew.
    """
    if begins is None:
        begins = begins_of(known)
    found, free = [], 0
    for at, begin in enumerate(map(add, text, text[1:])):
        if begin in begins and at >= free:
            for size in begins[begin]:
                word = text[at : at + size]
                if word in known and stands_at(word, text, at):
                    found.append(word)
                    free = at + size
                    break
    return found
