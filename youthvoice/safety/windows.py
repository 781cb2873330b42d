"""A text cut into windows: what is said in one breath, whatever it was dressed in.

Danger is said in one sentence, which may stand in the middle of a long letter; so it is looked
for in each window by itself. `static/js/signs.js` cuts the same way.
"""

import unicodedata
from itertools import pairwise

from youthvoice.safety.folding import fold_at

#: Clauses without punctuation, in the order of the text.
Window = tuple[str, ...]

_ENDS = frozenset("。！？!?；;…\n")
#: Shows nothing and parts nothing: "自\u200b杀" is one word.
_UNSEEN = frozenset({"Cf", "Mn", "Me", "Cc"})
_SPACE = frozenset("\t\r\x0b\x0c\x1c\x1d\x1e\x1f\x85")
#: Signs in a window, and in two short sentences that are read as one besides.
LONGEST, PAIR_LONGEST = 56, 44
#: Windows of a long sentence begin so far from each other, at least.
_STEP = LONGEST // 2


def windows(text: str) -> list[Window]:
    """Each sentence; long ones in windows that overlap by half; and short neighbours together.

    No fewer than one, and in all no more than some three times as many signs as the text has.
    """
    sentences = _sentences(text)
    found: list[Window] = []
    for clauses in sentences:
        found += _of_sentence([part for clause in clauses for part in _pieces(clause)])
    for one, next_ in pairwise(sentences):
        if sum(map(len, one)) + sum(map(len, next_)) <= PAIR_LONGEST:
            found.append((*one, *next_))
    return found


def _of_sentence(clauses: list[str]) -> list[Window]:
    found, first = [], 0
    while True:
        last, signs = first + 1, len(clauses[first])
        while last < len(clauses) and signs + len(clauses[last]) <= LONGEST:
            signs += len(clauses[last])
            last += 1
        found.append(tuple(clauses[first:last]))
        if last == len(clauses):
            return found
        signs = 0
        while first < last and signs < _STEP:
            signs += len(clauses[first])
            first += 1


def _pieces(clause: str) -> list[str]:
    """A clause without an end is cut where it is full."""
    if len(clause) <= LONGEST:
        return [clause]
    return [clause[at : at + LONGEST] for at in range(0, len(clause) - _STEP, _STEP)]


def _sentences(text: str) -> list[list[str]]:
    """Clauses by sentences. A sign between two marks was parted to hide it: "自.杀"."""
    found: list[list[str]] = []
    alone = False
    for run, ends in _runs(text):
        if found and (alone or len(run) == 1):
            found[-1][-1] += run
        elif found and not ends:
            found[-1].append(run)
        else:
            found.append([run])
        alone = len(run) == 1
    return found or [[""]]


def _runs(text: str) -> list[tuple[str, bool]]:
    """Stretches of letters and digits, folded; and whether a sentence ended before each."""
    runs: list[list[str]] = []
    ends: list[bool] = []
    parted, ended = True, True
    for place, given in enumerate(text):
        plain = fold_at(text, place)
        if plain:
            if parted:
                runs.append([])
                ends.append(ended)
            runs[-1].append(plain)
            parted, ended = False, False
        elif given in _ENDS:
            parted, ended = True, True
        elif given in _SPACE or unicodedata.category(given) not in _UNSEEN:
            parted = True
    return [("".join(run), end) for run, end in zip(runs, ends, strict=True)]
