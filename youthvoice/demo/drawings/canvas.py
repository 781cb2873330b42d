"""A small sheet of paper to draw flat pictures on.

All coordinates are in a space of 1200 × 800 units, whatever the width of the picture that
comes out. The sheet is three times as large as the picture, so that shrinking it at the end
smooths every edge: Pillow's own shapes are not antialiased.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1200, 800
SUPERSAMPLING = 3

Point = tuple[float, float]
Colour = str | tuple[int, int, int, int]


def tint(colour: str, alpha: float) -> tuple[int, int, int, int]:
    """The colour `#rrggbb` as a transparent one; `alpha` from 0 (nothing) to 1 (solid)."""
    return (*rgb(colour), round(255 * alpha))


def rgb(colour: str) -> tuple[int, int, int]:
    """The three numbers of a colour `#rrggbb`."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(one: str, other: str, share: float) -> str:
    """The colour that is `share` (0 to 1) of the way from one to the other."""
    pairs = zip(rgb(one), rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def smooth(points: Sequence[Point], *, closed: bool = False, steps: int = 14) -> list[Point]:
    """A Catmull-Rom curve through the points."""
    count = len(points)
    last = count if closed else count - 1
    curve: list[Point] = []
    for i in range(last):
        if closed:
            p0, p1, p2, p3 = (points[(i + d) % count] for d in (-1, 0, 1, 2))
        else:
            p0, p1 = points[max(i - 1, 0)], points[i]
            p2, p3 = points[i + 1], points[min(i + 2, count - 1)]
        for step in range(steps):
            t = step / steps
            x, y = (
                0.5
                * (
                    2 * b
                    + (c - a) * t
                    + (2 * a - 5 * b + 4 * c - d) * t**2
                    + (3 * b - a - 3 * c + d) * t**3
                )
                for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
            )
            curve.append((x, y))
    if not closed:
        curve.append(points[-1])
    return curve


class Canvas:
    """The sheet. Each method draws one shape over what is there already."""

    def __init__(self, *, width: int, paper: str = "#FBF8F3") -> None:
        self.width = width
        self.scale = width * SUPERSAMPLING / WIDTH
        size = (width * SUPERSAMPLING, round(width * HEIGHT / WIDTH) * SUPERSAMPLING)
        self.image = Image.new("RGB", size, paper)
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def _scaled(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self.scale, y * self.scale) for x, y in points]

    def rect(
        self, x: float, y: float, w: float, h: float, colour: Colour, *, radius: float = 0
    ) -> None:
        """A rectangle with its top left corner at (x, y)."""
        k = self.scale
        box = (x * k, y * k, (x + w) * k - 1, (y + h) * k - 1)
        self.pen.rounded_rectangle(box, radius * k, fill=colour)

    def ellipse(self, x: float, y: float, rx: float, ry: float, colour: Colour) -> None:
        """An ellipse around (x, y)."""
        k = self.scale
        self.pen.ellipse(((x - rx) * k, (y - ry) * k, (x + rx) * k, (y + ry) * k), fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A full circle around (x, y)."""
        self.ellipse(x, y, radius, radius, colour)

    def poly(self, points: Sequence[Point], colour: Colour) -> None:
        """A polygon with straight edges."""
        self.pen.polygon(self._scaled(points), fill=colour)

    def blob(self, points: Sequence[Point], colour: Colour) -> None:
        """A closed shape with a soft outline through the points."""
        self.poly(smooth(points, closed=True), colour)

    def ground(self, points: Sequence[Point], colour: Colour, *, floor: float = HEIGHT) -> None:
        """Everything between a soft line and the floor below it: hills, waves, snow."""
        curve = smooth(points)
        self.poly([*curve, (points[-1][0], floor), (points[0][0], floor)], colour)

    def line(
        self, points: Sequence[Point], colour: Colour, width: float, *, soft: bool = False
    ) -> None:
        """A line with round ends; `soft` bends it through its points. Colour must be solid."""
        k = self.scale
        path = self._scaled(smooth(points) if soft else points)
        self.pen.line(path, fill=colour, width=max(1, round(width * k)), joint="curve")
        radius = width * k / 2
        for x, y in (path[0], path[-1]):
            self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)

    def ring(self, x: float, y: float, radius: float, colour: Colour, width: float) -> None:
        """A circle's outline; `radius` is that of its outer edge."""
        k = self.scale
        box = ((x - radius) * k, (y - radius) * k, (x + radius) * k, (y + radius) * k)
        self.pen.ellipse(box, outline=colour, width=max(1, round(width * k)))

    def pie(
        self, x: float, y: float, radius: float, start: float, end: float, colour: Colour
    ) -> None:
        """A slice of a circle; degrees run clockwise from three o'clock."""
        k = self.scale
        box = ((x - radius) * k, (y - radius) * k, (x + radius) * k, (y + radius) * k)
        self.pen.pieslice(box, start, end, fill=colour)

    def fade(
        self,
        top: str,
        bottom: str,
        *,
        y: float = 0,
        h: float = HEIGHT,
        x: float = 0,
        w: float = WIDTH,
    ) -> None:
        """A rectangle that runs from one colour at its top to another at its bottom."""
        k = self.scale
        first, last = round(y * k), round((y + h) * k)
        # One column of it, drawn wide: all the others are the same.
        ramp = Image.linear_gradient("L").resize((1, last - first))
        column = Image.new("RGB", ramp.size, top)
        column.paste(bottom, (0, 0), ramp)
        wide = (round((x + w) * k) - round(x * k), last - first)
        self.image.paste(column.resize(wide, Image.Resampling.NEAREST), (round(x * k), first))

    def glow(self, x: float, y: float, radius: float, colour: str, strength: float) -> None:
        """Light around a point that thins out towards the radius; `strength` from 0 to 1."""
        k = self.scale
        side = round(2 * radius * k)
        reach = Image.radial_gradient("L").resize((side, side), Image.Resampling.BILINEAR)
        # The gradient reaches 255 in the corners only: at the rim of the circle it is at 180.
        fall = [round(strength * 255 * max(0.0, 1 - v / 180) ** 1.6) for v in range(256)]
        light = reach.point(fall)
        self.image.paste(colour, (round((x - radius) * k), round((y - radius) * k)), light)

    def haze(
        self, points: Sequence[Point], colour: str, strength: float, *, blur: float = 12
    ) -> None:
        """A polygon of light or shade with a soft edge: a beam, a shadow, steam."""
        k = self.scale
        # Blurring is costly on the large sheet, and nobody sees the difference on a small one,
        # nor beyond the reach of the edge.
        shape = [(px / 4, py / 4) for px, py in self._scaled(points)]
        reach = 3 * blur * k / 4
        xs, ys = [x for x, _ in shape], [y for _, y in shape]
        left, top = max(0, int(min(xs) - reach)), max(0, int(min(ys) - reach))
        right = min(self.image.width // 4, math.ceil(max(xs) + reach))
        bottom = min(self.image.height // 4, math.ceil(max(ys) + reach))
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", (right - left, bottom - top), 0)
        inside = [(x - left, y - top) for x, y in shape]
        ImageDraw.Draw(mask).polygon(inside, fill=round(255 * strength))
        mask = mask.filter(ImageFilter.GaussianBlur(blur * k / 4))
        large = mask.resize((mask.width * 4, mask.height * 4))
        self.image.paste(colour, (left * 4, top * 4), large)

    def shadow(self, x: float, y: float, rx: float, ry: float, *, strength: float = 0.22) -> None:
        """A soft shadow on the ground under a thing that stands at (x, y)."""
        box = smooth([(x - rx, y), (x, y - ry), (x + rx, y), (x, y + ry)], closed=True)
        self.haze(box, "#1F2328", strength, blur=8)

    def steam(self, x: float, y: float, height: float, *, width: float, strength: float) -> None:
        """A curl of white steam that rises from (x, y) and grows thin."""
        spine = [(x + 9 * math.sin(n * 0.9), y - height * n / 10) for n in range(11)]
        half = [width * (1 - n / 11) for n in range(11)]
        left = [(px - w, py) for (px, py), w in zip(spine, half, strict=True)]
        right = [(px + w, py) for (px, py), w in zip(spine, half, strict=True)]
        self.haze([*smooth(left), *reversed(smooth(right))], "#FBF8F3", strength, blur=5)

    def webp(self) -> bytes:
        """The finished picture."""
        small = self.image.resize(
            (self.width, round(self.width * HEIGHT / WIDTH)), Image.Resampling.LANCZOS
        )
        out = io.BytesIO()
        small.save(out, "WEBP", quality=85, method=6)
        return out.getvalue()
