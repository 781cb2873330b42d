"""Learning a linear model from decisions; the worker's and the command's, never a page's.

Each code against all others by support vectors (squared hinge loss), found by coordinate
descent in the dual, as in Hsieh et al., "A Dual Coordinate Descent Method for Large-scale
Linear SVM" (ICML 2008), for all codes at once.
"""

import math
import random
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from youthvoice.routing.features import Asked, Counted, count, rarities, runs, vector
from youthvoice.routing.linear import Linear, confidence
from youthvoice.routing.rules import WORDS

if TYPE_CHECKING:
    import numpy as np

#: A pair of signs that fewer questions share is left out: it might say whose they were.
ROWS_SHARING_LEAST = 3
FEATURES_MOST = 20_000
WORDS_MOST = 4_000
#: A code decided less often than this is not learnt yet.
OF_A_CODE_LEAST = 5
CODES_MOST = 60
#: What may be routed alone must have been right so often.
PRECISION = 0.95
_LUCK = 0.01
ALONE_LEAST = 20
FOLDS = 5
_STRICTNESS = 0.3
_ROUNDS = 60
_STILL = 0.01
_SEED = 20


class TooLittle(ValueError):
    """There are not two codes that have been decided often enough."""


@dataclass(frozen=True)
class Row:
    """A question, and what staff decided of it."""

    asked: Asked
    code: str


@dataclass(frozen=True)
class Checked:
    """What a model trained on the other folds said of a row."""

    code: str
    said: str
    confidence: float


def train(target: str, rows: Sequence[Row]) -> Linear:
    """Learn from all rows, and from five folds of them how sure it may be.

    Raises TooLittle when fewer than two codes were decided OF_A_CODE_LEAST times.
    """
    return train_and_check(target, rows)[0]


def train_and_check(target: str, rows: Sequence[Row]) -> tuple[Linear, list[Checked]]:
    """As `train`; with what the folds' models said of each row, for the figures."""
    kept = learnable(rows)
    counted = [count(target, row.asked) for row in kept]
    codes = [row.code for row in kept]
    scored: list[tuple[str, Linear, list[float]]] = []
    for inside, outside in folds(codes):
        part = _fit(target, [counted[i] for i in inside], [codes[i] for i in inside])
        scored += [(codes[i], part, part.scores(vector(counted[i], part.rarity))) for i in outside]
    sharpness = _sharpness(scored)
    checked = [
        Checked(code, part.codes[scores.index(max(scores))], confidence(scores, sharpness))
        for code, part, scores in scored
    ]
    model = replace(
        _fit(target, counted, codes),
        sharpness=sharpness,
        alone_from=alone_from(checked),
        words=common_words([row.asked for row in kept]),
    )
    return model, checked


def learnable(rows: Sequence[Row]) -> list[Row]:
    """The rows of codes that were decided often enough; raises TooLittle for less than two."""
    often = Counter(row.code for row in rows).most_common(CODES_MOST)
    codes = {code for code, n in often if n >= OF_A_CODE_LEAST}
    if len(codes) < 2:
        raise TooLittle(f"two codes must have been decided {OF_A_CODE_LEAST} times")
    return [row for row in rows if row.code in codes]


def folds(
    codes: Sequence[str], *, parts: int = FOLDS, seed: int = _SEED
) -> list[tuple[list[int], list[int]]]:
    """Places to learn from and to check with, `parts` times; each code is spread evenly."""
    dice = random.Random(seed)  # noqa: S311 - the same folds each time, nothing secret
    places: list[int] = []
    for code in sorted(set(codes)):
        own = [i for i, c in enumerate(codes) if c == code]
        dice.shuffle(own)
        places += own
    chosen = [sorted(places[part::parts]) for part in range(parts)]
    return [(sorted(set(places) - set(outside)), outside) for outside in chosen]


def _fit(target: str, rows: Sequence[Counted], codes: Sequence[str]) -> Linear:
    """Weights alone, without knowing how sure they are."""
    # Only whoever trains needs it: a page's process stays small.
    import numpy as np  # noqa: PLC0415

    rarity = rarities(rows, least=min(ROWS_SHARING_LEAST, len(rows)), most=FEATURES_MOST)
    names = sorted({*rarity, *(name for row in rows for name in row.given)})
    place = {name: i for i, name in enumerate(names, start=1)}
    known = sorted(set(codes))
    # Place 0 is the bias: a feature that every row has.
    matrix = [
        (
            np.array([0, *(place[name] for name in features)], dtype=np.intp),
            np.array([1.0, *features.values()]),
        )
        for features in (vector(row, rarity) for row in rows)
    ]
    places = [known.index(code) for code in codes]
    weights = _descend(np, matrix, places, len(names) + 1, len(known))
    return Linear(
        target=target,
        codes=known,
        bias=[float(b) for b in weights[0]],
        rarity=rarity,
        weights={name: array("f", weights[i].tolist()) for name, i in place.items()},
    )


def _descend(
    np: Any,
    rows: "Sequence[tuple[np.ndarray, np.ndarray]]",
    codes: Sequence[int],
    features: int,
    classes: int,
) -> "np.ndarray":
    """Weights, a row for each feature and a column for each code."""
    signs = -np.ones((len(rows), classes))
    signs[range(len(rows)), codes] = 1.0
    # A rare code's rows weigh as much together as a frequent one's: macro, not micro.
    often = np.bincount(codes, minlength=classes)
    cost = np.where(signs > 0, _STRICTNESS * len(rows) / (classes * often), _STRICTNESS)
    soft = 0.5 / cost
    squared = np.array([float(values @ values) for _, values in rows])[:, None] + soft
    alphas = np.zeros((len(rows), classes))
    weights = np.zeros((features, classes))
    dice = random.Random(_SEED)  # noqa: S311 - the same order each time, nothing secret
    order = list(range(len(rows)))
    for _ in range(_ROUNDS):
        dice.shuffle(order)
        largest = 0.0
        for i in order:
            places, values = rows[i]
            gradient = signs[i] * (values @ weights[places]) - 1 + soft[i] * alphas[i]
            new = np.maximum(alphas[i] - gradient / squared[i], 0.0)
            step = (new - alphas[i]) * signs[i]
            change = float(np.abs(step).max())
            if change > 1e-9:
                weights[places] += values[:, None] * step
                alphas[i] = new
                largest = max(largest, change)
        if largest < _STILL:
            break
    return weights


def _sharpness(scored: Sequence[tuple[str, Linear, list[float]]]) -> float:
    """The sharpness under which what came out was likeliest."""

    def surprise(sharpness: float) -> float:
        total = 0.0
        for code, part, scores in scored:
            if code in part.codes:
                top = max(scores)
                odds = sum(math.exp(sharpness * (score - top)) for score in scores)
                total += math.log(odds) - sharpness * (scores[part.codes.index(code)] - top)
        return total

    return min((0.25 * 1.15**step for step in range(32)), key=surprise)


def alone_from(checked: Sequence[Checked], *, precision: float = PRECISION) -> float:
    """The least confidence from which on so many were right; 2 (never) where there is none.

    A little more is asked than promised, and of ALONE_LEAST rows at least: of all thresholds
    the luckiest is looked for, and on new questions luck doesn't hold.
    """
    found, right = 2.0, 0
    ranked = sorted(checked, key=lambda row: -row.confidence)
    for n, row in enumerate(ranked, start=1):
        right += row.code == row.said
        is_last_of_its_kind = n == len(ranked) or ranked[n].confidence < row.confidence
        if is_last_of_its_kind and n >= ALONE_LEAST and right >= (precision + _LUCK) * n:
            found = row.confidence
    return found


def common_words(texts: Sequence[Asked]) -> frozenset[str]:
    """Whole words of two signs or more that several questions share, by which to explain."""
    # Its dictionary takes 30 MB: only where models are trained.
    import rjieba  # noqa: PLC0415

    ours = {word for table in WORDS.values() for word in table}
    shared: Counter[str] = Counter()
    for asked in texts:
        stretches = runs(f"{asked.title}\n{asked.text}")
        shared.update({word for run in stretches for word in rjieba.cut(run) if len(word) > 1})
    often = [word for word, n in shared.most_common(WORDS_MOST) if n >= ROWS_SHARING_LEAST]
    return frozenset(word for word in often if "0" not in word) - ours
