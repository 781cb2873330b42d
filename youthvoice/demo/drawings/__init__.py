"""Flat pictures for the demonstration's questions.

They stand where a young person's own photograph would: no picture of a real place or person
is shipped. Drawing takes seconds, so `youthvoice draw-demo` keeps what it drew in
`content/pictures/`, and a first start only reads that.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from . import fields, indoors, night, streets
from .canvas import Canvas

_SCENES: dict[str, Callable[[Canvas], None]] = {
    "desk-night": indoors.desk_night,
    "rented-room": indoors.rented_room,
    "library-lamp": indoors.library_lamp,
    "kiln": indoors.kiln,
    "bus-stop": streets.bus_stop,
    "street-lamp": night.street_lamp,
    "noodle-stall": night.noodle_stall,
    "roof-terrace": streets.roof_terrace,
    "bicycle-rack": streets.bicycle_rack,
    "wheat-van": fields.wheat_van,
    "apple-crate": fields.apple_crate,
    "canteen-tray": fields.canteen_tray,
}

NAMES: tuple[str, ...] = tuple(_SCENES)
KEPT = Path(__file__).parents[1] / "content" / "pictures"


def draw(name: str, *, width: int = 900) -> bytes:
    """The picture of that name as WebP, `width` pixels wide and two thirds as high.

    The same name and width give the same picture. Raises KeyError for a name not in NAMES.
    """
    scene = _SCENES[name]
    canvas = Canvas(width=width)
    scene(canvas)
    return canvas.webp()


def kept(name: str) -> Path:
    """The file in which `draw-demo` keeps the picture of that name."""
    return KEPT / f"{name}.webp"
