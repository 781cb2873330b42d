"""Flat pictures for the demonstration's questions, drawn when they are needed.

They stand where a young person's own photograph would: no picture of a real place or person
is shipped. Drawing is deterministic, so the same name and width give the same picture.
"""

from __future__ import annotations

from collections.abc import Callable

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


def draw(name: str, *, width: int = 1200) -> bytes:
    """The picture of that name as JPEG, `width` pixels wide and two thirds as high.

    Raises KeyError for a name that is not in NAMES.
    """
    scene = _SCENES[name]
    canvas = Canvas(width=width)
    scene(canvas)
    return canvas.jpeg()
