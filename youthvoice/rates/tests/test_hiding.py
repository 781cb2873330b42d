"""No small group is shown, and none follows from what is shown beside it."""

import random
from fractions import Fraction

import pytest

from youthvoice.rates.choices import LEAST
from youthvoice.rates.queries.hiding import to_hide, too_small


def test_a_group_under_five_is_hidden_and_the_next_smallest_with_it():
    assert too_small({"a": 3, "b": 7, "c": 20}) == {"a", "b"}


def test_two_small_ones_hide_each_other_unless_they_are_few_together():
    assert too_small({"a": 3, "b": 4, "c": 20}) == {"a", "b"}
    assert too_small({"a": 1, "b": 2, "c": 20}) == {"a", "b", "c"}


def test_what_has_none_has_nothing_to_hide():
    assert too_small({"a": 0, "b": 5}) == set()


def spans(rows, wanted):
    """Whether `wanted` is a sum of multiples of `rows`: what everybody can work out."""
    rows, wanted = [[Fraction(n) for n in row] for row in rows], [Fraction(n) for n in wanted]
    for place in range(len(wanted)):
        pivot = next((row for row in rows if row[place]), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        for row in [*rows, wanted]:
            factor = row[place] / pivot[place]
            for n, value in enumerate(pivot):
                row[n] -= factor * value
    return not any(wanted)


def test_spans_finds_a_difference():
    assert spans([[1, 1, 1], [1, 0, 0]], [0, 1, 1])
    assert not spans([[1, 1, 1], [1, 0, 0]], [0, 1, 0])


@pytest.mark.parametrize("seed", range(6))
def test_no_small_group_can_be_worked_out(seed):
    """Of all that is shown of the total, cities, organisations and fields together."""
    dice = random.Random(seed)
    for _ in range(60):
        cells = {
            (body, body % 3, field): dice.choice([0, 0, 1, 2, 3, 6, 9, 20])
            for body in range(dice.randint(1, 7))
            for field in range(dice.randint(1, 5))
        }
        check({cell: count for cell, count in cells.items() if count})


def check(cells):
    hidden = to_hide(cells)
    tables = [hidden.organisations, hidden.cities, hidden.fields]
    shown = [[1] * len(cells)] if sum(cells.values()) >= LEAST else []
    small = []
    for place, names in enumerate(tables):
        for name in {cell[place] for cell in cells}:
            row = [int(cell[place] == name) for cell in cells]
            count = sum(count for cell, count in cells.items() if cell[place] == name)
            if name not in names:
                assert count >= LEAST
                shown.append(row)
            elif count < LEAST:
                small.append(row)
    assert not any(spans(shown, row) for row in small), (cells, hidden)


def test_fields_alone_would_not_be_enough():
    """One organisation has all of two fields: with one of them shown the other would follow."""
    cells = {("a", "x", 1): 4, ("a", "x", 2): 9, ("b", "x", 3): 3, ("b", "x", 4): 30}

    assert too_small({1: 4, 2: 9, 3: 3, 4: 30}) == {1, 3}
    assert to_hide(cells).fields > {1, 3}
    check(cells)
