"""Routing without looking: `.venv/bin/python bench/routing_nested.py FILE.jsonl [SPLITS]`.

`youthvoice evaluate routing` measures with settings that were chosen by looking at folds of the
same rows, which flatters. Here each of five folds is measured with settings chosen by five folds
of the other four alone (nested cross-validation), so no row has a say in how it is judged. The
settings are the ones that decision 11 names: the weight of the rules, the strictness, and the
margin of the threshold for acting alone. What stays as it was is the rules' words themselves,
which were written before anything was measured.
"""

import itertools
import os
import statistics
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")

if TYPE_CHECKING:
    from youthvoice.routing.training import Checked, Row

_RULES = (0.0, 0.25, 0.5, 1.0)
_STRICTNESS = (0.1, 0.3, 1.0)
_MARGINS = (0.0, 0.01, 0.02, 0.03)


class Settings(NamedTuple):
    rules: float
    strictness: float


def checked_with(settings: Settings, rows: "Sequence[Row]") -> "list[Checked]":
    """What models of the inner folds say of the rows, under these settings."""
    from youthvoice.routing import features, training
    from youthvoice.routing.choices import Target

    with (
        patch.object(features, "_RULES_WEIGHT", settings.rules),
        patch.object(training, "_STRICTNESS", settings.strictness),
    ):
        return training.train_and_check(Target.GROUP, rows)[1]


def threshold(margin: float, checked: "Sequence[Checked]") -> float:
    from youthvoice.routing import training

    with patch.object(training, "_LUCK", margin):
        return training.alone_from(checked)


def margin_for(rows: "Sequence[Row]", settings: Settings) -> float:
    """The least margin whose threshold, chosen on some inner folds, held on the others."""
    from youthvoice.routing.training import PRECISION, folds

    for margin in _MARGINS:
        right = trusted = 0
        for inside, outside in folds([row.code for row in rows], seed=1):
            some = checked_with(settings, [rows[i] for i in inside])
            least = threshold(margin, some)
            for code, said, sure in guesses(settings, rows, inside, outside):
                if sure >= least:
                    trusted += 1
                    right += code == said
        if trusted and right >= PRECISION * trusted:
            return margin
    return _MARGINS[-1]


def guesses(
    settings: Settings, rows: "Sequence[Row]", inside: Sequence[int], outside: Sequence[int]
) -> list[tuple[str, str, float]]:
    """(right, said, how sure) for the rows outside, learnt from those inside."""
    from youthvoice.routing import features, training
    from youthvoice.routing.choices import Target

    with (
        patch.object(features, "_RULES_WEIGHT", settings.rules),
        patch.object(training, "_STRICTNESS", settings.strictness),
    ):
        model = training.train(Target.GROUP, [rows[i] for i in inside])
        found = []
        for i in outside:
            guess = model.guess(rows[i].asked, explain=False)
            found.append((rows[i].code, guess.code, guess.confidence))
    return found


def main() -> None:
    import django

    django.setup()
    from youthvoice.routing import evaluating
    from youthvoice.routing.reading import read
    from youthvoice.routing.training import Checked, folds

    rows = read(Path(sys.argv[1]))
    splits = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    grid = [Settings(*pair) for pair in itertools.product(_RULES, _STRICTNESS)]
    scores, shares, precisions = [], [], []
    chosen: Counter[Settings] = Counter()
    margins: Counter[float] = Counter()
    for seed in range(splits):
        said: list[Checked] = []
        alone: list[bool] = []
        for inside, outside in folds([row.code for row in rows], seed=seed):
            inner = [rows[i] for i in inside]
            checked = {settings: checked_with(settings, inner) for settings in grid}
            best = max(grid, key=lambda s: evaluating.measure(checked[s]).macro_f1)
            margin = margin_for(inner, best)
            chosen[best] += 1
            margins[margin] += 1
            least = threshold(margin, checked[best])
            for code, told, sure in guesses(best, rows, inside, outside):
                said.append(Checked(code, told, sure))
                alone.append(sure >= least)
        found = evaluating.measure(said, alone=alone)
        scores.append(found.macro_f1)
        shares.append(found.alone_share)
        precisions.append(found.alone_precision)
        print(
            f"split {seed + 1} of {splits}: macro-F1 {found.macro_f1:.4f}, "
            f"alone {found.alone_share:.3f} at precision {found.alone_precision:.3f}",
            flush=True,
        )
    print(
        f"mean: macro-F1 {statistics.mean(scores):.4f}, alone {statistics.mean(shares):.3f} "
        f"at precision {statistics.mean(precisions):.3f}"
    )
    for settings, n in chosen.most_common():
        print(f"chosen {n} times: rules {settings.rules}, strictness {settings.strictness}")
    print("margins: " + ", ".join(f"{m}: {n} times" for m, n in sorted(margins.items())))


if __name__ == "__main__":
    main()
