"""From words to numbers, in plain Python: the web process scores without any library.

A text becomes signs and pairs of signs (Chinese needs no cutting for that), counted apart in
the title and in all of it, and what the rules say of it. Nothing here knows a database.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import add, mul
from sys import intern

from youthvoice.routing.rules import WORDS

#: A feature's first sign says of which kind it is; no letter or digit of a text is one of these.
TITLE, RULE, HINT = "#", "@", "="
#: What is longer says nothing new, and a suggestion must stay quick.
TEXT_MOST, TITLE_MOST = 3000, 200
#: What the rules say weighs so much beside the words; see docs/decisions/0011.
_RULES_WEIGHT = 0.5
_HINT_WEIGHT = 0.5
_TITLE_FACTOR = 3.0


@dataclass(frozen=True)
class Asked:
    """What may be looked at of a question: its words, and what is known besides."""

    title: str
    text: str
    #: Codes such as `region:410100`, each a feature of its own.
    hints: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", self.title[:TITLE_MOST])
        object.__setattr__(self, "text", self.text[:TEXT_MOST])


def runs(text: str) -> list[str]:
    """The stretches of letters and signs; digits are all alike, for numbers lead nowhere."""
    return _RUN.findall(_DIGIT.sub("0", text.lower()))


_RUN = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")


def grams(text: str) -> Counter[str]:
    """How often each sign and each pair of neighbours stands in a text."""
    return Counter(chain.from_iterable(chain(run, map(add, run, run[1:])) for run in runs(text)))


def rule_scores(target: str, asked: Asked) -> dict[str, float]:
    """How much the words of the rules speak for each code; nothing for codes without a word."""
    return dict(_rule_scores(target, asked.title, asked.text))


# Rules and model ask the same, for each target.
@lru_cache(maxsize=4)
def _rule_scores(target: str, title: str, text: str) -> dict[str, float]:
    scores: dict[str, float] = {}
    if target not in WORDS:
        return scores
    # Most words can't be there, for their beginning isn't: that is quicker to see.
    begins = {*title, *text, *map(add, title, title[1:]), *map(add, text, text[1:])}
    for word, start, share, codes in _rules(target):
        if start not in begins:
            continue
        count = times(word, text)
        weight = _DAMPENED[min(count, _COUNT_MOST)] + _TITLE_FACTOR * bool(times(word, title))
        if weight:
            for code in codes:
                scores[code] = scores.get(code, 0.0) + weight * share
    return scores


def times(word: str, text: str) -> int:
    """How often a word stands whole in a text: 120 is no part of 1200, and GDP of no other word."""
    whole = _whole(word)
    return text.count(word) if whole is None else len(whole.findall(text))


def stands_at(word: str, text: str, at: int) -> bool:
    """Whether a word that begins there is whole."""
    whole = _whole(word)
    return whole is None or whole.match(text, at) is not None


@lru_cache(maxsize=8192)
def _whole(word: str) -> re.Pattern[str] | None:
    """None for a word with neither a digit nor a Latin letter at an edge: nothing goes on there."""
    before = next((words for sign, words in _BEFORE if sign.match(word[0])), "")
    behind = next((words for sign, words in _BEHIND if sign.match(word[-1])), "")
    return re.compile(before + re.escape(word) + behind) if before or behind else None


_NUMBER, _LATIN = re.compile(r"\d"), re.compile(r"[A-Za-z]")
_BEFORE = ((_NUMBER, r"(?<!\d)(?<!\d\.)"), (_LATIN, r"(?<![A-Za-z])"))
_BEHIND = ((_NUMBER, r"(?!\.?\d)"), (_LATIN, r"(?![A-Za-z])"))


@lru_cache
def _rules(target: str) -> list[tuple[str, str, float, tuple[str, ...]]]:
    """Longer words say more; one that speaks for several codes says less of each."""
    words = WORDS.get(target, {}).items()
    return [(word, word[:2], (len(word) - 0.5) ** 0.7 / len(codes), codes) for word, codes in words]


#: What a count is worth: said twice is not twice as much. Said oftener than this is the same.
_COUNT_MOST = 500
_DAMPENED = (0.0, *(1 + math.log(n) for n in range(1, _COUNT_MOST + 1)))


@dataclass(frozen=True)
class Counted:
    """A question's counts, before a model says what each is worth."""

    blocks: tuple[dict[str, float], dict[str, float]]
    given: dict[str, float]


def count(target: str, asked: Asked) -> Counted:
    """Counts of signs and pairs (dampened), and features that need no weighing."""
    scores = rule_scores(target, asked)
    length = math.sqrt(sum(score * score for score in scores.values())) or 1.0
    given = {RULE + code: _RULES_WEIGHT * score / length for code, score in scores.items()}
    given |= dict.fromkeys((HINT + hint for hint in asked.hints), _HINT_WEIGHT)
    return Counted(_blocks(asked.title, asked.text), given)


# A page asks three models of one question.
@lru_cache(maxsize=1)
def _blocks(title: str, text: str) -> tuple[dict[str, float], dict[str, float]]:
    """The dampened counts of all of it, and of the title."""
    whole, head = grams(f"{title}\n{text}"), grams(title)
    # The same strings and numbers for all rows: training holds thousands of them.
    return (
        dict(zip(map(intern, whole), _dampened(whole), strict=True)),
        {intern(TITLE + gram): n for gram, n in zip(head, _dampened(head), strict=True)},
    )


def _dampened(counts: Counter[str]) -> Iterable[float]:
    numbers: Iterable[int] = counts.values()
    if max(numbers, default=0) > _COUNT_MOST:
        numbers = [min(n, _COUNT_MOST) for n in numbers]
    return map(_DAMPENED.__getitem__, numbers)


def vector(counted: Counted, rarity: Mapping[str, float]) -> dict[str, float]:
    """Features with their values: counts by rarity, the title and all of it of length one each."""
    found = dict(counted.given)
    for block in counted.blocks:
        # Done by whole lists: there are thousands, and a page waits.
        names = list(filter(rarity.__contains__, block))
        values = list(map(mul, map(block.__getitem__, names), map(rarity.__getitem__, names)))
        length = math.sqrt(sum(map(mul, values, values)))
        found.update(zip(names, [value / length for value in values], strict=True))
    return found


def rarities(rows: Sequence[Counted], *, least: int, most: int) -> dict[str, float]:
    """What signs and pairs are worth: the rarer the more. Those in fewer than `least` of the
    rows are left out, and all but the `most` frequent."""
    in_rows: Counter[str] = Counter()
    for row in rows:
        for block in row.blocks:
            in_rows.update(block.keys())
    kept: Iterable[tuple[str, int]] = in_rows.most_common(most)
    return {name: math.log((1 + len(rows)) / (1 + n)) + 1 for name, n in sorted(kept) if n >= least}


def by_rules(target: str, asked: Asked, *, among: Collection[str] = ()) -> tuple[str, float]:
    """The code for which the rules speak most, and how sure that is; "" and 0 for none.

    Sure by the leader's share in all that was said; one word alone is little. With `among`
    no other code may lead.
    """
    scores = rule_scores(target, asked)
    led = sorted(code for code in scores if not among or code in among)
    if not led:
        return "", 0.0
    code = max(led, key=lambda c: scores[c])
    return code, scores[code] / (sum(scores.values()) + 2.0)
