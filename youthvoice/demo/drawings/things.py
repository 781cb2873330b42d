"""Things that stand in more than one picture."""

from __future__ import annotations

import math

from . import palette as p
from .canvas import Canvas, mix


def tree(c: Canvas, *, x: float, y: float, height: float, crown: str, trunk: str) -> None:
    """A round tree whose trunk stands at (x, y)."""
    k = height / 470
    c.poly(
        [(x - 18 * k, y), (x + 18 * k, y), (x + 10 * k, y - 250 * k), (x - 10 * k, y - 250 * k)],
        trunk,
    )
    c.line([(x, y - 190 * k), (x + 60 * k, y - 270 * k)], trunk, 11 * k)
    c.line([(x, y - 160 * k), (x - 56 * k, y - 250 * k)], trunk, 11 * k)
    dark, light = mix(crown, p.INK, 0.14), mix(crown, p.AMBER, 0.14)
    for dx, dy, r, colour in (
        (-76, -268, 76, dark),
        (80, -280, 78, dark),
        (0, -330, 108, crown),
        (-52, -352, 70, crown),
        (46, -370, 66, light),
        (-20, -402, 56, light),
    ):
        c.disc(x + dx * k, y + dy * k, r * k, colour)


def poplar(c: Canvas, *, x: float, y: float, height: float, crown: str) -> None:
    """A slender tree as they stand along the fields."""
    w = height * 0.14
    c.rect(x - w * 0.12, y - height * 0.25, w * 0.24, height * 0.25, p.WOOD_DARK)
    c.blob(
        [
            (x, y - height * 0.12),
            (x - w, y - height * 0.35),
            (x - w * 0.7, y - height * 0.75),
            (x, y - height),
            (x + w * 0.7, y - height * 0.75),
            (x + w, y - height * 0.35),
        ],
        crown,
    )
    c.blob(
        [
            (x + w * 0.1, y - height * 0.15),
            (x + w * 0.05, y - height * 0.6),
            (x + w * 0.05, y - height * 0.95),
            (x + w * 0.6, y - height * 0.72),
            (x + w * 0.85, y - height * 0.36),
        ],
        mix(crown, p.INK, 0.12),
    )


def bowl(c: Canvas, *, x: float, y: float, radius: float, colour: str, rim: str) -> None:
    """A bowl from the side; (x, y) is the middle of its foot."""
    c.rect(x - radius * 0.4, y - radius * 0.16, radius * 0.8, radius * 0.16, colour, radius=2)
    c.pie(x, y - radius * 0.86, radius, 0, 180, colour)
    c.rect(x - radius, y - radius * 0.92, radius * 2, radius * 0.16, rim, radius=3)


def bottle(c: Canvas, *, x: float, y: float, colour: str) -> None:
    """A sauce bottle standing on (x, y)."""
    c.rect(x - 16, y - 66, 32, 66, colour, radius=8)
    c.rect(x - 8, y - 92, 16, 34, mix(colour, p.INK, 0.2), radius=4)
    c.rect(x - 16, y - 44, 32, 24, p.PAPER)


def chair(c: Canvas, *, x: float, y: float, colour: str, facing: int) -> None:
    """A garden chair seen from the side; `facing` is 1 to the right, -1 to the left."""
    f, dark = facing, mix(colour, p.INK, 0.25)
    c.line([(x - 46 * f, y), (x - 40 * f, y - 96)], dark, 11)
    c.line([(x + 66 * f, y), (x + 58 * f, y - 92)], dark, 11)
    c.line([(x - 40 * f, y - 92), (x - 74 * f, y - 236)], dark, 12)
    c.poly(
        [(x - 54 * f, y - 108), (x + 70 * f, y - 104), (x + 70 * f, y - 86), (x - 50 * f, y - 88)],
        colour,
    )
    c.poly(
        [
            (x - 90 * f, y - 238),
            (x - 62 * f, y - 242),
            (x - 34 * f, y - 116),
            (x - 56 * f, y - 112),
        ],
        colour,
    )
    c.line([(x - 56 * f, y - 158), (x + 54 * f, y - 150)], dark, 10)
    c.line([(x + 54 * f, y - 150), (x + 60 * f, y - 92)], dark, 10)


def bicycle(c: Canvas, *, x: float, y: float, size: float, frame: str) -> None:
    """A bicycle to the right; (x, y) is the ground between its wheels."""
    r = 50 * size
    back, front = (x - 74 * size, y - r), (x + 74 * size, y - r)
    for cx, cy in (back, front):
        for n in range(6):
            turn = math.pi * n / 6
            c.line(
                [
                    (cx - r * 0.85 * math.cos(turn), cy - r * 0.85 * math.sin(turn)),
                    (cx + r * 0.85 * math.cos(turn), cy + r * 0.85 * math.sin(turn)),
                ],
                "#A4ABB3",
                1.6,
            )
        c.ring(cx, cy, r, p.INK, 7 * size)
        c.disc(cx, cy, 7 * size, p.INK)
    hub, seat = (x - 8 * size, y - 44 * size), (x - 32 * size, y - 122 * size)
    head = (x + 48 * size, y - 126 * size)
    for start, end in (
        (back, hub),
        (back, seat),
        (hub, seat),
        (hub, head),
        (seat, head),
        (front, head),
    ):
        c.line([start, end], frame, 9 * size)
    c.line([seat, (seat[0] - 5 * size, seat[1] - 18 * size)], p.INK, 7 * size)
    c.rect(seat[0] - 32 * size, seat[1] - 30 * size, 52 * size, 14 * size, p.INK, radius=7 * size)
    c.line(
        [
            head,
            (head[0] - 6 * size, head[1] - 28 * size),
            (head[0] + 26 * size, head[1] - 38 * size),
        ],
        p.INK,
        7 * size,
    )
    c.disc(*hub, 14 * size, p.INK)
    c.line([hub, (hub[0] + 16 * size, hub[1] + 22 * size)], p.INK, 6 * size)
    c.poly(
        [
            (x + 58 * size, y - 158 * size),
            (x + 112 * size, y - 158 * size),
            (x + 104 * size, y - 112 * size),
            (x + 66 * size, y - 112 * size),
        ],
        p.WOOD_LIGHT,
    )
    c.rect(x + 56 * size, y - 162 * size, 58 * size, 9 * size, p.WOOD, radius=3)
