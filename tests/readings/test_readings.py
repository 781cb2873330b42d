"""Every reading of words takes steps in proportion to their length, whatever they are.

How dear each is beside a plain form is printed by `bench/readings.py`; here steps are counted.
"""

import re
import sys
from importlib import import_module
from typing import Any

import pytest

from tests.readings.readers import Reader, readers
from tests.readings.shapes import shapes
from youthvoice.desks.queries import canned
from youthvoice.gathering import likeness
from youthvoice.kit import marks
from youthvoice.kit import text as kit_text
from youthvoice.moderation import criticism
from youthvoice.questions.choices import TEXT_MOST
from youthvoice.routing import features
from youthvoice.safety import folding, looking, matching, numbers, personal, weighing
from youthvoice.topics import names

#: How Python takes patterns apart, from 3.11 on.
parser: Any = import_module("re._parser")
constants: Any = import_module("re._constants")

#: So long the texts are on which steps are counted, and twice so long.
LONG = 400
#: What twice as many signs may take at most: twice, and a little.
TWICE = 2.4
#: Looking anew at what is beside a place that was hidden may take so many times the text.
READ_AGAIN = 25
#: Modules whose patterns are searched for in people's words.
SEARCHING = (
    canned, criticism, features, folding, kit_text, likeness, looking, marks, matching,
    names, numbers, personal, weighing,
)  # fmt: skip


def steps(read, text):
    """Calls of functions, Python's own and those written in C."""
    many = 0

    def count(_frame, event, _arg):
        nonlocal many
        many += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read(text)
    finally:
        sys.setprofile(before)
    return many


def grows_too_fast(reader, many):
    """The names of shapes of which twice as much takes more than twice the steps."""
    short, long = min(LONG, reader.most), min(2 * LONG, reader.most)
    texts = zip(shapes(short, many=many), shapes(long, many=many), strict=True)
    found = []
    for (name, text), (_name, longer) in texts:
        # The first time fills what is kept of single signs.
        reader.read(longer)
        if steps(reader.read, longer) > TWICE * steps(reader.read, text) + 200:
            found.append(name)
    return found


# A nickname is compared with the names in the table.
@pytest.mark.django_db
@pytest.mark.parametrize("reader", readers(), ids=lambda reader: reader.name)
def test_twice_the_words_take_twice_the_steps(reader):
    assert grows_too_fast(reader, 60) == []


def test_a_reading_that_begins_again_is_found():
    def careless(text):
        while "ab" in text or "Q" in text:
            text = re.sub("(?:ab|Q)$", "", text) if text.endswith(("ab", "Q")) else ""
            for sign in text:
                sign.isalpha()

    assert "'Q'" in grows_too_fast(Reader("careless", TEXT_MOST, careless), None)


# --- The mask -----------------------------------------------------------------------------


def signs_read(text, monkeypatch):
    """How many signs the mask looks at, as a multiple of the text."""
    read, find = 0, personal.find_looked

    def counted(part, **given):
        nonlocal read
        read += len(part.text)
        return find(part, **given)

    with monkeypatch.context() as patch:
        patch.setattr(personal, "find_looked", counted)
        hidden = personal.mask(text, classes=True)
    assert personal.find(hidden, classes=True) == []
    return read / len(text)


#: From the break-in test, and what else hides one place after the other.
PEELED = ["Q" * TEXT_MOST, "qq" * 2500, "vxabcdefg_" * 500, "微信abcde" * 700, "一中1班" * 1250]


@pytest.mark.parametrize("text", PEELED, ids=lambda text: text[:10])
def test_the_mask_looks_again_only_beside_what_it_hid(text, monkeypatch):
    assert signs_read(text, monkeypatch) < READ_AGAIN


def test_the_mask_holds_for_all_shapes(monkeypatch):
    reads = [signs_read(text, monkeypatch) for _name, text in shapes(1000, many=200)]

    assert max(reads) < READ_AGAIN
    # Some do uncover another.
    assert max(reads) > 2


def test_no_place_is_longer_than_the_mask_reaches():
    patterns = [*(pattern for _kind, pattern in personal._PATTERNS), personal._SCHOOL_CLASS]
    longest = max(parser.parse(p.pattern).getwidth()[1] for p in patterns)
    # As many digits as a number has at most, each apart as far as may be.
    longest = max(longest, numbers.DIGITS_MOST * (1 + looking.GAP_MOST))

    assert longest + 2 * personal._BESIDE <= personal._REACH


def test_a_mask_that_looks_at_all_of_it_again_is_found(monkeypatch):
    monkeypatch.setattr(personal, "_around", lambda hidden, most: [(0, most)] if hidden else [])

    assert signs_read("Q" * 1000, monkeypatch) > 2 * READ_AGAIN


# --- Patterns -----------------------------------------------------------------------------


def patterns_of(module):
    """All that stand in its constants, also within lists and tuples."""
    waiting = [value for name, value in vars(module).items() if not name.startswith("__")]
    while waiting:
        value = waiting.pop()
        if isinstance(value, re.Pattern):
            yield value
        elif isinstance(value, list | tuple):
            waiting += value


_REPEATS = {constants.MAX_REPEAT, constants.MIN_REPEAT}


def restarts(pattern):
    """Whether it repeats something without bound and then wants more.

    Searched for, such a pattern runs to the end of a text from each of its signs.
    """
    return any(_restarts(branch) for branch in _branches(parser.parse(pattern.pattern)))


def _branches(items):
    items = list(items)
    if len(items) == 1 and items[0][0] is constants.BRANCH:
        return [list(branch) for branch in items[0][1][1]]
    return [items]


def _restarts(items):
    *before, last = items or [None]
    if last is None:
        return False
    return any(_unbounded(item) for item in before) or (_unbounded(last) and not _single(last))


def _unbounded(part):
    """Whether a repetition without bound is in a part of a pattern, at any depth."""
    if isinstance(part, tuple) and len(part) == 2 and part[0] in _REPEATS:
        _least, most, what = part[1]
        return most is constants.MAXREPEAT or _unbounded(what)
    return isinstance(part, tuple | list | parser.SubPattern) and any(map(_unbounded, part))


def _single(item):
    """One kind of sign, again and again: found once, it is passed over."""
    kind, given = item
    return kind is constants.MAX_REPEAT and not any(map(_unbounded, given[2]))


def test_no_pattern_runs_through_the_words_from_each_of_their_signs():
    found = {module.__name__: list(patterns_of(module)) for module in SEARCHING}

    assert sum(map(len, found.values())) > 15
    assert [p.pattern for patterns in found.values() for p in patterns if restarts(p)] == []


@pytest.mark.parametrize(
    ("pattern", "bad"),
    [
        (r"\s+$", True),
        (r"[十百\d]+[片粒颗]", True),
        (r"a|b(?:c+)d", True),
        (r"(?:a+)+", True),
        (r"<!--.*?-->", True),
        (r"[。！？\n]+", False),
        (r"a{1,20}b", False),
        (r"a|b+", False),
    ],
)
def test_such_patterns_are_known(pattern, bad):
    assert restarts(re.compile(pattern)) is bad
