"""Which groups are too small to be shown, and which others must go with them.

A month's total, its cities, their organisations and the fields all add up over the same
questions: a small group that is left out alone would follow from what stands beside it.
Cities hold organisations, so these are looked at level by level; fields lie across them, and
what can be worked out from both is looked for.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from youthvoice.rates.choices import LEAST

#: What a group of one table is counted by: organisation, city and field.
Cell = tuple[Any, Any, Any]


@dataclass(frozen=True)
class Hidden:
    organisations: set[Any]
    cities: set[Any]
    fields: set[Any]


def to_hide(cells: Mapping[Cell, int]) -> Hidden:
    """What isn't shown of a month. `cells` says how many are below the line in each.

    No group that is shown has fewer than LEAST, and none that has fewer follows from the
    shown ones, the total among them.
    """
    cells = {cell: count for cell, count in cells.items() if count}
    bodies, cities, fields = (_sums(cells, place) for place in range(3))
    no_cities = too_small(cities)
    no_bodies = {body for body, city, _field in cells if city in no_cities}
    for city in cities.keys() - no_cities:
        inside = {body: bodies[body] for body, where, _field in cells if where == city}
        no_bodies |= too_small(inside)
    no_fields = too_small(fields)
    while fields.keys() - no_fields and _follows(cells, Hidden(no_bodies, no_cities, no_fields)):
        no_fields.add(min(fields.keys() - no_fields, key=lambda name: (fields[name], str(name))))
    return Hidden(no_bodies, no_cities, no_fields)


def too_small(counts: Mapping[Any, int]) -> set[Any]:
    """The parts of one whole, which is shown, to hide: never one alone, never few together."""
    some = {key for key, count in counts.items() if count}
    hidden = {key for key in some if counts[key] < LEAST}
    while hidden and some - hidden:
        if len(hidden) > 1 and sum(counts[key] for key in hidden) >= LEAST:
            break
        hidden.add(min(some - hidden, key=lambda key: (counts[key], str(key))))
    return hidden


def _sums(cells: Mapping[Cell, int], place: int) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for cell, count in cells.items():
        found[cell[place]] += count
    return found


def _follows(cells: Mapping[Cell, int], hidden: Hidden) -> bool:
    """Whether a small group is what some shown sums of blocks and fields come to."""
    return any(_is_sum(cells, hidden, wanted) for wanted in _small(cells, hidden))


def _small(cells: Mapping[Cell, int], hidden: Hidden) -> Iterator[tuple[int, Any]]:
    tables = (hidden.organisations, hidden.cities, hidden.fields)
    for place, names in enumerate(tables):
        sums = _sums(cells, place)
        yield from ((place, name) for name in names if sums[name] < LEAST)


def _block(cell: Cell, hidden: Hidden) -> Hashable:
    """The smallest shown sum of organisations that a cell is in: its own; what its city has
    hidden; or what all hidden cities have together."""
    body, city, _field = cell
    if city in hidden.cities:
        return ("cities",)
    return ("city", city) if body in hidden.organisations else ("body", body)


def _is_sum(cells: Mapping[Cell, int], hidden: Hidden, wanted: tuple[int, Any]) -> bool:
    """Whether weights of blocks and shown fields add up to 1 in each cell of the wanted group
    and to 0 in all others. The weights follow from each other along the cells."""
    place, name = wanted
    edges: dict[Hashable, list[tuple[Hashable, int]]] = defaultdict(list)
    for cell in cells:
        goal, block, column = int(cell[place] == name), _block(cell, hidden), ("field", cell[2])
        edges[block].append((column, goal))
        edges[column].append((block, goal))
    # A hidden field has no weight of its own; elsewhere one weight of each web is free.
    fixed: list[Hashable] = [("field", field) for field in hidden.fields]
    weights: dict[Hashable, int] = dict.fromkeys(fixed, 0)
    for start in [*fixed, *edges]:
        weights.setdefault(start, 0)
        todo = [start]
        while todo:
            node = todo.pop()
            for other, goal in edges[node]:
                weight = goal - weights[node]
                if other not in weights:
                    weights[other] = weight
                    todo.append(other)
                elif weights[other] != weight:
                    return False
    return True
