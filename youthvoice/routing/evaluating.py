"""How good routing is: figures over rows whose right code is known."""

import random
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from youthvoice.routing.features import Asked, by_rules
from youthvoice.routing.training import PRECISION, Checked, Row, TooLittle, folds, train

#: Shares of the training rows at which the learning curve is measured.
CURVE = (0.10, 0.25, 0.50, 0.75, 1.00)


@dataclass(frozen=True)
class OfCode:
    code: str
    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True)
class Figures:
    """What came out over some rows."""

    rows: int
    macro_f1: float
    accuracy: float
    codes: list[OfCode]
    #: Rows that could have been routed without anybody, and how many of these were right. The
    #: threshold was chosen on the training rows alone.
    alone: int
    alone_right: int
    #: How many it could have been with a threshold chosen on these very rows: what no house
    #: knows beforehand.
    alone_at_best: int = 0
    train_seconds: float = 0.0
    suggest_ms: float = 0.0

    @property
    def alone_share(self) -> float:
        return self.alone / self.rows if self.rows else 0.0

    @property
    def alone_precision(self) -> float:
        return self.alone_right / self.alone if self.alone else 0.0


@dataclass(frozen=True)
class _Said(Checked):
    alone: bool


def measure(said: Sequence[Checked], *, alone: Iterable[bool] = ()) -> Figures:
    """Figures of what was said; the macro-F1 is over the codes that are right somewhere."""
    codes = []
    for code in sorted({row.code for row in said}):
        right = sum(row.code == row.said == code for row in said)
        told = sum(row.said == code for row in said)
        support = sum(row.code == code for row in said)
        f1 = 2 * right / (told + support)
        codes.append(OfCode(code, right / told if told else 0.0, right / support, f1, support))
    trusted = [row for row, is_alone in zip(said, alone, strict=False) if is_alone]
    return Figures(
        rows=len(said),
        macro_f1=sum(of.f1 for of in codes) / len(codes) if codes else 0.0,
        accuracy=sum(row.code == row.said for row in said) / len(said) if said else 0.0,
        codes=codes,
        alone=len(trusted),
        alone_right=sum(row.code == row.said for row in trusted),
        alone_at_best=_at_best(said),
    )


def _at_best(said: Sequence[Checked]) -> int:
    """The most of the surest rows of which PRECISION were right."""
    found, right = 0, 0
    for n, row in enumerate(sorted(said, key=lambda row: -row.confidence), start=1):
        right += row.code == row.said
        if right >= PRECISION * n:
            found = n
    return found


def over_rules(target: str, test: Sequence[Row]) -> Figures:
    """What the rules say, without having learnt anything; never alone."""
    known = {row.code for row in test}
    said = []
    begun = time.perf_counter()
    for row in test:
        code, sure = by_rules(target, row.asked, among=known)
        said.append(Checked(row.code, code, sure))
    took = time.perf_counter() - begun
    return replace(measure(said), suggest_ms=1000 * took / len(test))


def over_test(target: str, test: Sequence[Row], learnt: Sequence[Row]) -> Figures:
    """Learn from one set, measure on the other. Raises TooLittle."""
    said, seconds, ms = _learn_and_say(target, learnt, test)
    found = measure(said, alone=[row.alone for row in said])
    return replace(found, train_seconds=seconds, suggest_ms=ms)


def over_folds(target: str, rows: Sequence[Row], *, parts: int, seed: int = 0) -> Figures:
    """Each part once the test, the others what is learnt from. Raises TooLittle.

    Seconds and milliseconds are means over the parts.
    """
    return _over_folds(target, rows, parts=parts, seed=seed, share=1.0)


def curve(
    target: str, test: Sequence[Row], learnt: Sequence[Row] | None, *, parts: int
) -> list[tuple[float, int, float | None]]:
    """Share of the training rows, how many these are, and the macro-F1; None for too few.

    Without `learnt` over the folds of `test`.
    """
    found: list[tuple[float, int, float | None]] = []
    for share in CURVE:
        if learnt is None:
            n = round(len(test) * (parts - 1) / parts * share)
        else:
            n = round(len(learnt) * share)
        try:
            if learnt is None:
                figures = _over_folds(target, test, parts=parts, seed=0, share=share)
            else:
                figures = over_test(target, test, _some(learnt, share))
        except TooLittle:
            found.append((share, n, None))
        else:
            found.append((share, n, figures.macro_f1))
    return found


def _over_folds(
    target: str, rows: Sequence[Row], *, parts: int, seed: int, share: float
) -> Figures:
    said: list[_Said] = []
    seconds, ms = [], []
    for inside, outside in folds([row.code for row in rows], parts=parts, seed=seed):
        learnt = _some([rows[i] for i in inside], share)
        some, took, each = _learn_and_say(target, learnt, [rows[i] for i in outside])
        said += some
        seconds.append(took)
        ms.append(each)
    found = measure(said, alone=[row.alone for row in said])
    return replace(found, train_seconds=sum(seconds) / len(seconds), suggest_ms=sum(ms) / len(ms))


def _some(rows: Sequence[Row], share: float) -> list[Row]:
    """A share of the rows, the same each time."""
    if share >= 1:
        return list(rows)
    mixed = list(rows)
    random.Random(0).shuffle(mixed)  # noqa: S311 - the same rows each time, nothing secret
    return mixed[: round(len(mixed) * share)]


def _learn_and_say(
    target: str, learnt: Sequence[Row], test: Sequence[Row]
) -> tuple[list[_Said], float, float]:
    """What is said of the test rows, the seconds of training, the milliseconds of one guess."""
    begun = time.perf_counter()
    model = train(target, learnt)
    trained = time.perf_counter()
    said = []
    for row in test:
        # Anew, as a page would: what was counted for training is not at hand there.
        guess = model.guess(Asked(row.asked.title, row.asked.text, row.asked.hints))
        is_alone = guess.confidence >= model.alone_from
        said.append(_Said(row.code, guess.code, guess.confidence, is_alone))
    took = time.perf_counter() - trained
    return said, trained - begun, 1000 * took / max(len(test), 1)
