"""A linear model as the web process keeps it: scores, how sure, and the words that led there."""

import json
import math
import zlib
from array import array
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import add

from youthvoice.routing.features import RULE, TITLE, Asked, count, vector
from youthvoice.routing.rules import WORDS

#: Words told with a suggestion, and the longest that is looked for.
WORDS_TOLD = 5
_WORD_LONGEST = 8
#: Unpacked, no model of ours is larger; whatever is, is none of ours.
_BYTES_MOST = 64 * 1024 * 1024


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
        found = list(self.bias)
        places = range(len(found))
        for name, value in features.items():
            weights = self.weights.get(name)
            if weights is not None:
                for k in places:
                    found[k] += value * weights[k]
        return found

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
        pushes: dict[str, float] = {}

        def push(names: Iterable[str]) -> float:
            total = 0.0
            for name in names:
                if name not in pushes:
                    pushes[name] = self._push(name, features, best)
                total += pushes[name]
            return total

        found = {}
        for word in set(self._words_in(f"{title}\n{asked.text.lower()}")):
            parts = {*word, *map(add, word, word[1:])}
            found[word] = push(parts)
            if word in title:
                found[word] += push([TITLE + part for part in parts])
            if code in spoken.get(word, ()):
                found[word] += push([RULE + code])
        strongest = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(word for word, strength in strongest[:WORDS_TOLD] if strength > 0)

    def _words_in(self, text: str) -> list[str]:
        return whole_words(text, self._known, self._begins)

    @cached_property
    def _known(self) -> frozenset[str]:
        return self.words | WORDS.get(self.target, {}).keys()

    @cached_property
    def _begins(self) -> frozenset[str]:
        return frozenset(word[:2] for word in self._known)

    def _push(self, name: str, features: Mapping[str, float], best: int) -> float:
        weights = self.weights.get(name)
        if weights is None or name not in features:
            return 0.0
        return features[name] * (weights[best] - sum(weights) / len(weights))

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
            "alone_from": round(self.alone_from, 4),
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


def whole_words(
    text: str, known: Collection[str], begins: Collection[str] | None = None
) -> list[str]:
    """The known words of a text from left to right, always the longest; none of one sign.

    `begins`, the first two signs of each, spares looking where none can be.
    """
    if begins is None:
        begins = {word[:2] for word in known}
    found, at = [], 0
    while at < len(text):
        if text[at : at + 2] in begins:
            for size in range(_WORD_LONGEST, 1, -1):
                word = text[at : at + size]
                if len(word) == size and word in known:
                    found.append(word)
                    at += size - 1
                    break
        at += 1
    return found
