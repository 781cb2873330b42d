"""Learn the weights of the signs of danger: `.venv/bin/python scripts/learn_signs.py`.

From the written sentences of youthvoice/safety/tests/signs/dev.jsonl and the kinds of words of
youthvoice/safety/data/signs/words.txt, and from nothing else: no sentence of anybody in trouble,
no real letter. Writes weights.json beside the words, and static/js/signs-weights.js for the form.
The same files give the same weights. Prints how five folds did, each on what it had not seen.
"""

import hashlib
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from youthvoice.safety import folding, weighing  # noqa: E402
from youthvoice.safety.weighing import Lexicon, Model, features, read_kinds  # noqa: E402
from youthvoice.safety.windows import Window, windows  # noqa: E402

SENTENCES = ROOT / "youthvoice/safety/tests/signs/dev.jsonl"
SCRIPT = ROOT / "static/js/signs-weights.js"
#: Whatever changes the weights when it changes.
MADE_OF = [
    weighing.WORDS,
    SENTENCES,
    *(ROOT / path for path in ("scripts/learn_signs.py", "youthvoice/safety/folding.py")),
    *(ROOT / f"youthvoice/safety/{name}.py" for name in ("weighing", "windows")),
]
#: Chosen on the folds, and the second by how many real letters it would withhold (bench/signs.py).
HELP_FROM, SURE_FROM = -1.2, -0.7
#: How strict the learning is, and how often it looks anew for the window that a text is about.
_STRICT, _ROUNDS = 4.0, 4
#: A feature of fewer texts is nobody's habit; a weight below this is noise.
_TEXTS_LEAST, _WEIGHT_LEAST, _SCALE = 2, 5, 100
#: What each doubling of a text's windows takes off, up to so many windows.
_OFF, _WINDOWS_MOST = 0.4, 8
_FOLDS = 5
#: Kinds of words that name a danger, and so a sign.
_DANGERS = (
    "wish", "die", "way", "means", "harm", "height", "farewell", "burden", "hopeless", "end",
    "hit", "injury", "threat", "held", "sex", "marry", "fear", "secret", "left", "child",
)  # fmt: skip
_OF = {"s": "self", "v": "violence", "m": "minor"}

Rows = list[tuple[str, str]]


class Table:
    """The windows of texts as rows of features."""

    def __init__(self, rows: Rows, lexicon: Lexicon, names: Sequence[str] | None = None) -> None:
        cut = [windows(text) for _kind, text in rows]
        found = [[features(map(lexicon.read, w)) for w in text] for text in cut]
        if names is None:
            many = Counter(name for text in found for name in set().union(*text))
            names = sorted(name for name, texts in many.items() if texts >= _TEXTS_LEAST)
        self.names = names
        place = {name: at for at, name in enumerate(names)}
        of_windows = [
            sorted(place[name] for name in window if name in place)
            for text in found
            for window in text
        ]
        self.kinds = [kind for kind, _text in rows]
        self.windows: list[Window] = [w for text in cut for w in text]
        self.text_of = np.repeat(np.arange(len(rows)), [len(text) for text in cut])
        self.cells = np.array([at for window in of_windows for at in window], dtype=np.int64)
        self.row_of = np.repeat(np.arange(len(of_windows)), list(map(len, of_windows)))
        signs = np.array([sum(map(len, window)) for window in self.windows])
        self.scale = weighing._FACTOR * _SCALE / np.sqrt(np.maximum(weighing._SIGNS_LEAST, signs))
        self.values = self.scale[self.row_of]
        self.is_danger = np.array([kind != "-" for kind in self.kinds])

    def scores(self, weights: Any, bias: float) -> Any:
        values = self.values * weights[self.cells]
        return np.bincount(self.row_of, weights=values, minlength=len(self.windows)) + bias

    def best(self, scores: Any) -> Any:
        """The row of each text's strongest window."""
        order = np.lexsort((np.arange(len(scores)), -scores))
        texts, first = np.unique(self.text_of[order], return_index=True)
        return order[first][np.argsort(texts)]

    def of_texts(self, weights: Any, bias: float) -> Any:
        scores = self.scores(weights, bias)
        many = np.minimum(np.bincount(self.text_of), _WINDOWS_MOST)
        return scores[self.best(scores)] - np.array(off())[many - 1]


def off() -> list[float]:
    return [round(_OFF * math.log2(many), 3) for many in range(1, _WINDOWS_MOST + 1)]


def learn(table: Table) -> tuple[Any, float]:
    """Of a text in danger the strongest window is what it is about; of others, all are harmless."""
    weights, bias = np.zeros(len(table.names)), 0.0
    danger = table.is_danger[table.text_of]
    many = np.bincount(table.text_of)
    for turn in range(_ROUNDS):
        taken = ~danger
        best = table.best(table.scores(weights, bias))[table.is_danger]
        # At first nobody knows which: those with few windows begin.
        taken[best if turn else best[many[table.text_of[best]] <= 3]] = True
        weights, bias = _logistic(table, taken, danger, weights, bias)
    return weights, bias


def _logistic(
    table: Table, taken: Any, danger: Any, weights: Any, bias: float
) -> tuple[Any, float]:
    """Logistic regression by L-BFGS."""
    kept = taken[table.row_of]
    cells, rows, values = table.cells[kept], table.row_of[kept], table.values[kept]

    def loss(point: Any) -> tuple[float, Any]:
        odds = np.bincount(rows, weights=values * point[cells], minlength=len(taken)) + point[-1]
        wrong = taken * (1 / (1 + np.exp(-odds)) - danger)
        slope = np.bincount(cells, weights=values * wrong[rows], minlength=len(weights))
        said = (taken * (np.logaddexp(0, odds) - danger * odds)).sum()
        flat = _STRICT * point[:-1]
        return said + flat @ point[:-1] / 2, np.append(slope + flat, wrong.sum())

    point = _descend(loss, np.append(weights, bias))
    return point[:-1], float(point[-1])


def _descend(loss: Any, point: Any, *, steps: int = 150, kept: int = 10) -> Any:
    value, slope = loss(point)
    moves: list[tuple[Any, Any]] = []
    for _step in range(steps):
        way, shares = slope.copy(), []
        for move, turn in reversed(moves):
            shares.append(move @ way / (turn @ move))
            way -= shares[-1] * turn
        if moves:
            way *= moves[-1][0] @ moves[-1][1] / (moves[-1][1] @ moves[-1][1])
        else:
            way /= max(1.0, np.abs(slope).sum() / 10)
        for (move, turn), share in zip(moves, reversed(shares), strict=True):
            way += move * (share - turn @ way / (turn @ move))
        length, fall = 1.0, slope @ way
        while True:
            there = point - length * way
            next_value, next_slope = loss(there)
            if next_value <= value - 1e-4 * length * fall or length < 1e-6:
                break
            length /= 2
        move, turn = there - point, next_slope - slope
        if move @ turn > 1e-10:
            moves = [*moves, (move, turn)][-kept:]
        done = abs(value - next_value) < 1e-5 * abs(value)
        point, value, slope = there, next_value, next_slope
        if done:
            break
    return point


def whole_weights(table: Table, weights: Any) -> dict[str, int]:
    """As they are kept: whole numbers, without the smallest."""
    whole = np.rint(weights * _SCALE).astype(int)
    return {
        name: int(weight)
        for name, weight in zip(table.names, whole, strict=True)
        if abs(weight) >= _WEIGHT_LEAST
    }


def towards(model: Model, rows: Rows) -> dict[str, list[int]]:
    """How much oftener than elsewhere a kind of words stands in the windows of each danger."""
    of = list(_OF)
    counts = {kind: Counter[str]() for kind in of}
    for kind, text in rows:
        if kind in of:
            window = max(model.weigh(windows(text)), key=lambda w: w.score).window
            said = {k for clause in window for k in model.lexicon.read(clause).kinds}
            counts[kind].update(said - {weighing.SWALLOWED})
    many = Counter(kind for kind, _text in rows)
    found = {}
    for name in _DANGERS:
        shares = [(counts[kind][name] + 1) / (many[kind] + 2) for kind in of]
        mean = sum(shares) / len(shares)
        found[name] = [round(100 * math.log(share / mean)) for share in shares]
    return found


def fold_figures(rows: Rows, lexicon: Lexicon) -> Iterator[str]:
    scores = np.zeros(len(rows))
    for fold in range(_FOLDS):
        table = Table([row for at, row in enumerate(rows) if at % _FOLDS != fold], lexicon)
        weights, bias = learn(table)
        left = Table(rows[fold::_FOLDS], lexicon, table.names)
        scores[fold::_FOLDS] = left.of_texts(weights, bias)
    danger = np.array([kind != "-" for kind, _text in rows])
    for level, start in (("help", HELP_FROM), ("sure", SURE_FROM)):
        found = scores >= start
        right = (found & danger).sum()
        yield (
            f"folds, {level}: recall {right / danger.sum():.3f}, precision "
            f"{right / max(1, found.sum()):.3f}"
        )


def inputs() -> str:
    """What the weights were made of, as a hash."""
    said = hashlib.sha256()
    for path in MADE_OF:
        said.update(path.read_bytes())
    return said.hexdigest()


def main() -> None:
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    rows = [(row["kind"], row["text"]) for row in map(json.loads, lines)]
    kinds = read_kinds(weighing.WORDS.read_text(encoding="utf-8"))
    lexicon = Lexicon(kinds)
    table = Table(rows, lexicon)
    weights, bias = learn(table)
    kept = whole_weights(table, weights)
    by_weight: dict[str, list[str]] = {}
    for name, weight in sorted(kept.items(), key=lambda pair: (-pair[1], pair[0])):
        by_weight.setdefault(str(weight), []).append(name)
    told: dict[str, Any] = {
        "bias": round(bias, 3),
        "off": off(),
        "help_from": HELP_FROM,
        "sure_from": SURE_FROM,
        "weights": {weight: " ".join(names) for weight, names in by_weight.items()},
    }
    model = Model(lexicon, kept, told["bias"], tuple(told["off"]), HELP_FROM, SURE_FROM)
    aside = {"made_of": inputs(), "of": list(_OF.values()), "towards": towards(model, rows)}
    packed = json.dumps(told | aside, ensure_ascii=False, indent=0)
    weighing.WEIGHTS.write_text(packed + "\n", encoding="utf-8")
    tables = {"fold": folding.tables(), "words": {k: " ".join(w) for k, w in kinds.items()}}
    script = json.dumps(told | tables, ensure_ascii=False, separators=(",", ":"))
    head = "// Made by scripts/learn_signs.py: what signs.js weighs words by.\n"
    SCRIPT.write_text(f'{head}"use strict";\nself.signWeights = {script};\n', encoding="utf-8")
    print(f"{len(rows)} texts, {len(table.windows)} windows, {len(kept)} weights")
    if "--folds" in sys.argv:
        for line in fold_figures(rows, lexicon):
            print(line)


if __name__ == "__main__":
    main()
