"""Which questions are likely the same thing, by their words alone; people decide.

Pairs of signs (bigrams) weighed by how rare they are (TF-IDF), compared by the cosine. Only
questions that share several of each other's rarest pairs are compared at all, found by an
inverted index whose lists are short by rule: the work grows with the number of questions,
not with its square.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nsmallest
from itertools import pairwise

#: From here on two questions are offered as one. Of 60 pairs of real messages drawn at random
#: (bench/gathering.py), 56 were one thing by eye, and the other four of one place or office.
ALIKE = 0.28
#: Asked so far apart at most.
WITHIN = timedelta(days=30)
#: No group is larger: more than this nobody reads through.
GROUP_LEAST, GROUP_MOST = 2, 20

#: What of a question is looked at: its title twice, and as many signs of its words.
_SIGNS = 800
#: The rarest of these lead to the others.
_KEYS = 32
#: A pair of signs that more questions hold leads nowhere.
_LIST_MOST = 60
#: So many keys must be shared before the whole is compared.
_SHARED_LEAST = 3
#: Among fewer questions than these how rare a pair is can't be told; it is taken to be rare.
_FEW = 200
_RUNS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Asked:
    """What is compared of a question."""

    pk: int
    field: str
    at: datetime
    title: str
    text: str


@dataclass(frozen=True)
class Likely:
    """Questions that are likely one thing; the first is the one that the others are like."""

    pks: tuple[int, ...]
    #: How alike the least alike is to the first.
    score: float


def groups_of(
    asked: Sequence[Asked], *, apart: Collection[tuple[int, int]] = (), alike: float = ALIKE
) -> list[Likely]:
    """Groups of two and more; no question is in two, and no two of `apart` (the lower number
    first) are in one. Best first."""
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for one, other, score in pairs(asked, alike=alike):
        near[one][other] = near[other][one] = score
    found, taken = [], set[int]()
    # Whoever has the most alike begins; of equals the first that asked.
    for seed in sorted(near, key=lambda pk: (-len(near[pk]), pk)):
        if seed in taken:
            continue
        members = [seed]
        for pk in sorted(near[seed], key=lambda pk: (-near[seed][pk], pk)):
            if len(members) == GROUP_MOST:
                break
            if pk in taken or any((min(pk, m), max(pk, m)) in apart for m in members):
                continue
            members.append(pk)
        if len(members) >= GROUP_LEAST:
            taken.update(members)
            found.append(Likely(tuple(members), near[seed][members[-1]]))
    return sorted(found, key=lambda likely: (-likely.score, likely.pks))


def pairs(asked: Sequence[Asked], *, alike: float = ALIKE) -> Iterator[tuple[int, int, float]]:
    """Each two questions of one field, asked within WITHIN, that are at least so `alike`."""
    vectors, holders = _weigh([_counts(one) for one in asked])
    lists: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(asked):
        vector = vectors[place]
        rare = [(holders[pair], pair) for pair in vector if holders[pair] <= _LIST_MOST]
        keys = [pair for _many, pair in nsmallest(_KEYS, rare)]
        shared = Counter(before for key in keys for before in lists[key])
        for before, count in shared.items():
            if count < _SHARED_LEAST or not _may_be_one(asked[before], one):
                continue
            score = _cosine(vector, vectors[before])
            if score >= alike:
                yield asked[before].pk, one.pk, score
        for key in keys:
            lists[key].append(place)


def _may_be_one(one: Asked, other: Asked) -> bool:
    return one.field == other.field and abs(one.at - other.at) <= WITHIN


def _counts(asked: Asked) -> Counter[str]:
    counts = Counter(_bigrams(asked.text[:_SIGNS]))
    for pair in _bigrams(asked.title):
        counts[pair] += 2
    return counts


def _bigrams(text: str) -> Iterator[str]:
    for run in _RUNS.findall(unicodedata.normalize("NFKC", text).lower()):
        yield from map("".join, pairwise(run))


def _weigh(counts: list[Counter[str]]) -> tuple[list[dict[str, float]], Counter[str]]:
    """A vector of length 1 for each question, and how many questions hold each pair.

    What only one question holds is in its length and, as it meets nothing, not in its vector.
    """
    holders = Counter(pair for one in counts for pair in one)
    among = max(len(counts), _FEW)
    rare = {pair: math.log((1 + among) / many) for pair, many in holders.items()}
    most = max((n for one in counts for n in one.values()), default=0)
    heavy = [1 + math.log(n) for n in range(1, most + 1)]
    vectors = []
    for one in counts:
        weights = {pair: heavy[n - 1] * rare[pair] for pair, n in one.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        vectors.append({p: weight / length for p, weight in weights.items() if holders[p] > 1})
    return vectors, holders


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[pair] for pair, weight in one.items() if pair in other)
