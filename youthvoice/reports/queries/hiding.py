"""Which groups are too small to be shown, and which others must go with them.

Groups of a month add up to its total, which stands beside them: one small group alone would
follow from the others.
"""

from collections.abc import Mapping
from typing import TypeVar

from youthvoice.reports.choices import LEAST

K = TypeVar("K")


def too_small(counts: Mapping[K, int], held: Mapping[K, int] | None = None) -> set[K]:
    """The groups to hide. `counts` says how many each has below the line.

    None that is shown has fewer than LEAST; the hidden ones are never a single one beside
    shown ones, and together never fewer than LEAST.

    `held` is for a second table over the same questions: how many of each group stand in
    groups that the first one hides. What a shown group has of these follows from both tables,
    so it is none, or at least LEAST; so it is with what the hidden groups have together.
    """
    held = held or {}
    some = {key for key, count in counts.items() if count}
    hidden = {key for key in some if counts[key] < LEAST or 0 < held.get(key, 0) < LEAST}
    while hidden:
        hidden_held = sum(held.get(key, 0) for key in hidden)
        is_held_safe = hidden_held == 0 or hidden_held >= LEAST
        together = sum(counts[key] for key in hidden)
        rest = some - hidden
        if not rest or (len(hidden) > 1 and together >= LEAST and is_held_safe):
            break
        hidden.add(
            min(
                rest,
                key=lambda key: (not is_held_safe and not held.get(key), counts[key], str(key)),
            )
        )
    return hidden
