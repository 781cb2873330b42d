"""The town: a bus stop in the rain, a roof in the evening, a bicycle rack."""

from __future__ import annotations

import math

from . import palette as p
from .canvas import Canvas, mix, smooth, tint
from .things import bicycle, chair, tree


def bus_stop(c: Canvas) -> None:
    """Someone with a red umbrella waits; the last bus has gone."""
    c.fade("#3B4C66", "#7C8CA0", h=600)
    for n, (x, w, top) in enumerate(
        ((0, 170, 250), (150, 130, 330), (270, 180, 200), (880, 150, 280), (1010, 200, 190))
    ):
        c.rect(x, top, w, 400, mix("#46566F", "#5A6A82", (n % 3) / 2))
        for i in range(10):
            if (i * 3 + n) % 4 == 0:
                c.rect(x + 22 + (i % 3) * 44, top + 34 + (i // 3) * 56, 18, 24, "#E8C98A")
    c.fade("#4A5564", "#3A4452", y=590, h=210)
    c.rect(0, 590, 1200, 26, "#6B7686")
    c.glow(560, 380, 420, p.LIGHT, 0.42)
    _shelter(c)
    _waiting(c, x=770, y=612)
    c.rect(934, 250, 12, 364, "#D5DADF")
    c.disc(940, 236, 58, p.PAPER)
    c.disc(940, 236, 49, p.ECHO)
    c.rect(914, 216, 52, 34, p.PAPER, radius=8)
    c.rect(920, 222, 40, 14, p.ECHO, radius=3)
    c.disc(926, 253, 6, p.PAPER)
    c.disc(954, 253, 6, p.PAPER)
    c.rect(912, 320, 56, 84, p.PAPER, radius=6)
    for n in range(4):
        c.rect(922, 336 + n * 16, 36 - (n % 2) * 10, 6, "#AAB2BC", radius=3)
    for x, y, rx, colour in (
        (560, 690, 210, p.LIGHT),
        (770, 664, 70, p.VOICE_SOFT),
        (160, 740, 130, "#90A0B4"),
        (1050, 730, 110, "#90A0B4"),
    ):
        c.ellipse(x, y, rx, rx * 0.12, tint(colour, 0.34))
        c.ellipse(x + 10, y + 2, rx * 0.6, rx * 0.06, tint(colour, 0.3))
    for n in range(110):
        x, y = (n * 197) % 1260 - 20, (n * 331) % 800
        if not (330 < x < 820 and 230 < y < 600):
            c.pen.line(
                [(v * c.scale) for v in (x, y, x - 9, y + 38)],
                fill=tint("#E4ECF2", 0.4),
                width=round(2.4 * c.scale),
            )


def _shelter(c: Canvas) -> None:
    c.rect(350, 250, 440, 340, tint("#DCE9EE", 0.22))
    for x in (350, 566, 780):
        c.rect(x, 230, 12, 384, "#2B3543")
    c.rect(318, 210, 510, 26, "#2B3543", radius=8)
    c.rect(318, 204, 510, 12, p.VOICE, radius=6)
    c.rect(470, 236, 220, 9, "#FFF1CF", radius=4)
    c.rect(384, 286, 150, 190, p.PAPER, radius=6)
    c.rect(398, 300, 122, 88, p.PEACH, radius=4)
    c.disc(436, 344, 22, p.VOICE_SOFT)
    c.ground([(398, 370), (440, 352), (480, 366), (520, 346)], p.ECHO_SOFT, floor=388)
    for n in range(4):
        c.rect(398, 404 + n * 16, 122 - (n % 3) * 26, 7, p.LINE, radius=3)
    c.rect(396, 524, 300, 16, p.WOOD, radius=5)
    for x in (420, 660):
        c.rect(x, 540, 12, 70, "#2B3543")


def _waiting(c: Canvas, *, x: float, y: float) -> None:
    c.shadow(x, y + 4, 60, 8, strength=0.4)
    for dx in (-20, 4):
        c.rect(x + dx, y - 92, 18, 90, "#27384F", radius=6)
        c.rect(x + dx - 4, y - 12, 26, 14, p.INK, radius=6)
    c.blob(
        [
            (x - 38, y - 80),
            (x - 34, y - 170),
            (x - 14, y - 204),
            (x + 14, y - 204),
            (x + 34, y - 170),
            (x + 38, y - 80),
        ],
        p.AMBER,
    )
    c.rect(x + 20, y - 178, 34, 72, p.ECHO, radius=12)
    c.disc(x, y - 226, 28, "#F0C9A6")
    c.pie(x, y - 230, 31, 150, 380, "#2A2320")
    c.line([(x - 44, y - 140), (x - 44, y - 330)], "#27384F", 6)
    c.line([(x - 24, y - 176), (x - 44, y - 148)], p.AMBER, 18)
    _umbrella(c, x=x - 44, y=y - 262)


def _umbrella(c: Canvas, *, x: float, y: float) -> None:
    """Four panels with a scalloped hem; (x, y) is the middle of the hem."""
    radius, panels = 128, 4
    dome = [
        (x - radius * math.cos(a), y - radius * math.sin(a))
        for a in (math.pi * n / 40 for n in range(41))
    ]
    step = 2 * radius / panels
    hem = [
        (x + radius - step * (n / 8), y - 15 * math.sin(math.pi * (n % 8) / 8))
        for n in range(8 * panels + 1)
    ]
    c.poly([*dome, *hem], p.VOICE)
    middle = [(x + step * (1 - n / 8), y - 15 * math.sin(math.pi * (n % 8) / 8)) for n in range(17)]
    ribs = [
        (-step, y),
        (-step * 0.86, y - 60),
        (-step * 0.4, y - 112),
        (0, y - radius),
        (step * 0.4, y - 112),
        (step * 0.86, y - 60),
        (step, y),
    ]
    c.poly([*smooth([(x + dx, py) for dx, py in ribs]), *middle], "#DD5A45")
    c.line([(x, y - radius), (x, y - radius - 16)], "#27384F", 6)


def roof_terrace(c: Canvas) -> None:
    """Two chairs above the town in the evening; one of them is free."""
    c.fade("#4B5B87", "#F2B58B", h=420)
    c.fade("#F2B58B", "#FBE0B5", y=420, h=160)
    c.glow(800, 470, 360, "#FFF0C2", 0.85)
    c.disc(800, 478, 66, "#FFEBC0")
    for x, y, w in ((180, 130, 180), (430, 210, 120), (930, 150, 210)):
        c.rect(x, y, w, 14, tint("#FBD9BC", 0.5), radius=7)
        c.rect(x + 50, y + 22, w * 0.7, 10, tint("#FBD9BC", 0.35), radius=5)
    skyline = (
        (0, 150, 380, 0),
        (120, 100, 440, 1),
        (210, 130, 330, 0),
        (330, 90, 420, 1),
        (420, 140, 462, 0),
        (560, 110, 400, 1),
        (640, 90, 450, 0),
        (880, 120, 410, 1),
        (960, 100, 340, 0),
        (1050, 160, 430, 1),
    )
    for x, w, top, shade in skyline:
        c.rect(x, top, w, 240, "#8A6A86" if shade else "#7A5F80")
        for i in range(6):
            if (i + x) % 3 == 0:
                c.rect(x + 18 + (i % 2) * 44, top + 24 + (i // 2) * 40, 14, 18, "#FFD99A")
    c.fade("#B9735A", "#9A5C4A", y=570, h=230)
    c.rect(0, 540, 1200, 44, "#D18E6D")
    c.rect(0, 532, 1200, 14, "#E9B08A")
    for n in range(7):
        c.line([(n * 220 - 60, 800), (n * 140 + 180, 586)], mix("#9A5C4A", p.INK, 0.12), 3)
    for x in (86, 470):
        c.rect(x, 226, 10, 330, "#4A3B46")
    c.line([(90, 240), (280, 262), (474, 240)], "#4A3B46", 4, soft=True)
    c.poly([(140, 250), (220, 258), (216, 372), (146, 366)], p.PAPER)
    c.poly(
        [
            (250, 262),
            (330, 260),
            (350, 300),
            (328, 306),
            (326, 366),
            (256, 366),
            (252, 306),
            (232, 300),
        ],
        p.BLUE,
    )
    c.poly([(370, 255), (426, 248), (424, 330), (372, 338)], p.VOICE)
    for x in (150, 210, 262, 320, 378, 418):
        c.rect(x, 244, 7, 20, p.WOOD_LIGHT, radius=2)
    for x in (640, 930):
        c.shadow(x + 10, 724, 100, 12, strength=0.35)
    chair(c, x=640, y=720, colour=p.ECHO, facing=1)
    chair(c, x=940, y=720, colour=p.VOICE, facing=-1)
    c.shadow(790, 728, 66, 9, strength=0.35)
    c.rect(784, 640, 12, 84, "#4A3B46")
    c.rect(760, 716, 60, 10, "#4A3B46", radius=5)
    c.ellipse(790, 638, 66, 12, p.WOOD_LIGHT)
    c.rect(764, 596, 30, 40, p.PAPER, radius=5)
    c.ring(800, 616, 13, p.PAPER, 6)
    c.steam(778, 588, 54, width=6, strength=0.7)
    _cat(c, x=1112, y=536)
    c.poly([(232, 700), (330, 700), (316, 770), (246, 770)], p.VOICE_SOFT)
    for dx, dy, r in ((-34, -52, 26), (0, -78, 30), (36, -50, 28), (6, -34, 30)):
        c.disc(281 + dx, 700 + dy, r, p.LEAF if dx else p.LEAF_DARK)


def _cat(c: Canvas, *, x: float, y: float) -> None:
    fur = "#3B2F38"
    c.blob([(x - 40, y), (x - 36, y - 50), (x - 8, y - 74), (x + 20, y - 50), (x + 30, y)], fur)
    c.disc(x - 18, y - 84, 24, fur)
    c.poly([(x - 40, y - 92), (x - 36, y - 122), (x - 18, y - 104)], fur)
    c.poly([(x + 4, y - 92), (x, y - 122), (x - 18, y - 104)], fur)
    c.line(
        [(x + 22, y - 6), (x + 60, y + 6), (x + 66, y + 44), (x + 50, y + 60)], fur, 11, soft=True
    )


def bicycle_rack(c: Canvas) -> None:
    """The rack before the library is full; the last bicycle leans on the tree."""
    c.fade("#CFE1E8", "#F6EBD8", h=640)
    c.rect(250, 110, 950, 490, "#F1DFC8")
    c.rect(230, 88, 970, 34, "#D9A878")
    for n in range(4):
        left = 300 + n * 226
        c.rect(left, 170, 180, 330, p.PAPER, radius=6)
        c.fade("#9DBFCB", "#DCE9E4", x=left + 12, y=182, w=156, h=306)
        c.poly(
            [(left + 12, 330), (left + 110, 182), (left + 150, 182), (left + 12, 396)],
            tint(p.PAPER, 0.3),
        )
        c.rect(left + 84, 182, 12, 306, p.PAPER)
        for i in range(7):
            c.rect(
                left + 18 + i * 21,
                438 - (i * 5) % 12,
                15,
                50 + (i * 5) % 12,
                (p.VOICE, p.BLUE, p.AMBER, p.ECHO)[(i + n) % 4],
            )
    c.rect(250, 540, 950, 60, "#E3C6A6")
    c.fade("#D8CBB8", "#C8B9A3", y=600, h=200)
    c.rect(0, 600, 1200, 8, "#BFAF98")
    tree(c, x=130, y=660, height=470, crown=p.LEAF, trunk=p.WOOD_DARK)
    c.shadow(150, 690, 150, 12)
    bicycle(c, x=210, y=680, size=0.98, frame=p.PLUM)
    for n, frame in enumerate((p.VOICE, p.BLUE, p.ECHO, p.WAIT)):
        x = 500 + n * 170
        c.shadow(x, 716, 120, 10)
        bicycle(c, x=x, y=706, size=1.0, frame=frame)
    for n in range(5):
        x = 420 + n * 170
        c.line(
            [(x, 736), (x, 640), (x + 16, 616), (x + 44, 616), (x + 60, 640), (x + 60, 736)],
            "#7B8794",
            9,
        )
    c.rect(390, 732, 790, 12, "#66717E", radius=5)
