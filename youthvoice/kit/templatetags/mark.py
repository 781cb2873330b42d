"""The ring as a drawing: four arcs around a dot. It is the house's own mark, too.

What its arcs and its dot say of a question, `questions` knows: its tags draw with this.
"""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()

FAINT, WAITING, DONE = "faint", "waiting", "done"

#: Code, degrees from the top. The order is that of the face: clockwise.
ARCS = (("league", 0), ("peer", 90), ("government", 180), ("society", 270))

#: Above this size (in CSS pixels) strokes are drawn finer, and small marks fit inside.
LARGE = 64
TEMPLATE = "kit/_ring.html"


class Drawing(dict[str, Any]):
    """`key` tells equal drawings: each is drawn once (readymade/compiling)."""

    key: tuple[object, ...] = ()


def drawing(
    states: Mapping[str, str], *, dot: str, size: int, words: str = "", manner: str = ""
) -> dict[str, Any]:
    """What the template takes: with `words` a picture with a name, without any an ornament."""
    found = Drawing(
        arcs=[{"code": code, "turn": turn, "state": states[code]} for code, turn in ARCS],
        dot=dot,
        size=size,
        is_large=size >= LARGE,
        words=words,
        manner=manner,
    )
    found.key = (*(states[code] for code, _turn in ARCS), dot, size, words, manner)
    return found


@register.inclusion_tag(TEMPLATE)
def ring_mark(size: int = 28, state: str = DONE) -> dict[str, Any]:
    """The ring without a question: the house's own mark, an empty state or (`turning`) a wait.

    It says nothing to a screen reader, for words stand beside it.
    """
    shape = FAINT if state == "empty" else WAITING if state == "turning" else state
    return drawing(
        {code: shape for code, _turn in ARCS},
        dot="solved" if state == DONE else "open",
        size=size,
        manner=f"ring--{'mark' if state == DONE else state}",
    )
