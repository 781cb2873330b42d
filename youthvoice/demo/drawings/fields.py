"""From the land and the table: wheat and a van, apples, a canteen tray."""

from __future__ import annotations

import math

from . import palette as p
from .canvas import Canvas, mix, tint
from .things import poplar, tree

WHEAT = "#E8BF66"
WHEAT_DARK = "#D3A24A"


def wheat_van(c: Canvas) -> None:
    """A parcel van on the road through the wheat."""
    c.fade("#BFDCE6", "#FBEBCB", h=470)
    c.glow(930, 160, 260, "#FFF3CF", 0.8)
    c.disc(930, 160, 60, "#FFE6A6")
    for x, y, s in ((180, 150, 1.0), (520, 100, 0.7)):
        for dx, dy, r in ((0, 0, 38), (46, -18, 48), (98, 0, 40)):
            c.disc(x + dx * s, y + dy * s, r * s, "#FFFDF8")
        c.rect(x - 38 * s, y, 176 * s, 40 * s, "#FFFDF8", radius=20 * s)
    c.ground([(0, 400), (200, 370), (420, 396), (700, 360), (950, 390), (1200, 366)], "#B9CFAE")
    c.ground([(0, 440), (300, 424), (620, 446), (900, 420), (1200, 436)], "#D9C27A")
    for n in range(11):
        poplar(c, x=40 + n * 58, y=440 - (n % 3) * 3, height=150 + (n * 37) % 50, crown="#5F9A74")
    for x, w in ((980, 66), (1060, 84)):
        c.rect(x, 388, w, 48, p.PAPER)
        c.poly([(x - 10, 392), (x + w + 10, 392), (x + w - 8, 362), (x + 8, 362)], p.VOICE_SOFT)
        c.rect(x + 14, 406, 16, 18, "#8FA9B8")
    c.ground([(0, 470), (300, 452), (700, 470), (1200, 450)], WHEAT)
    for n in range(14):
        foot = -500 + n * 170
        c.line([(foot, 800), (foot * 0.35 + 420, 462)], WHEAT_DARK, 5)
    c.poly([(0, 650), (1200, 560), (1200, 668), (0, 770)], "#CFC4B4")
    c.poly([(0, 650), (1200, 560), (1200, 566), (0, 658)], "#E9E0D3")
    for n in range(7):
        left, top = 40 + n * 180, 705 - n * 14.2
        c.poly([(left, top), (left + 84, top - 7), (left + 84, top), (left, top + 8)], p.PAPER)
    _van(c, x=450, y=668)
    for n in range(64):
        foot_at = 6 + n * 19.2 + (n % 3) * 3
        _ear(c, x=foot_at, y=830 + (n % 4) * 12, height=104 + (n * 29) % 46, lean=(n * 13) % 22 - 8)


def _van(c: Canvas, *, x: float, y: float) -> None:
    c.haze(
        [(x - 20, y + 10), (x + 400, y - 20), (x + 410, y + 10), (x, y + 38)], p.INK, 0.35, blur=8
    )
    c.rect(x, y - 214, 260, 200, p.ECHO, radius=16)
    c.poly(
        [
            (x + 250, y - 190),
            (x + 330, y - 190),
            (x + 372, y - 104),
            (x + 400, y - 92),
            (x + 400, y - 14),
            (x + 250, y - 14),
        ],
        p.ECHO,
    )
    c.poly(
        [(x + 272, y - 172), (x + 320, y - 172), (x + 350, y - 104), (x + 272, y - 104)], "#CFE4EA"
    )
    c.poly(
        [(x + 300, y - 172), (x + 316, y - 172), (x + 290, y - 104), (x + 274, y - 104)],
        tint(p.PAPER, 0.6),
    )
    c.rect(x, y - 66, 400, 12, "#17664A")
    c.rect(x + 54, y - 176, 96, 84, p.CARD, radius=4)
    c.rect(x + 92, y - 176, 20, 40, p.PAPER)
    c.rect(x + 160, y - 140, 60, 48, p.CARD, radius=4)
    c.rect(x + 183, y - 140, 14, 24, p.PAPER)
    c.rect(x + 384, y - 80, 18, 22, p.LIGHT, radius=5)
    c.rect(x - 6, y - 34, 412, 18, "#3B434E", radius=6)
    for dx in (78, 318):
        c.disc(x + dx, y - 12, 42, p.INK)
        c.disc(x + dx, y - 12, 21, "#C7CDD3")
        c.disc(x + dx, y - 12, 8, p.INK)


def _ear(c: Canvas, *, x: float, y: float, height: float, lean: float) -> None:
    tip = (x + lean, y - height)
    c.line([(x, y), (x + lean * 0.3, y - height * 0.6), tip], WHEAT_DARK, 4, soft=True)
    for n in range(5):
        cy = tip[1] + n * 10
        cx = tip[0] - lean * n * 0.05
        for side in (-1, 1):
            c.ellipse(cx + side * 6, cy + 2, 5, 8, "#F2CF80" if side < 0 else "#DDAF55")
    c.ellipse(tip[0], tip[1] - 7, 4.5, 9, "#F2CF80")


def apple_crate(c: Canvas) -> None:
    """The season's first crate, before the orchard on the hills."""
    c.fade("#C9E0E4", "#FBEFD7", h=480)
    c.ground(
        [(0, 330), (180, 240), (360, 310), (560, 210), (800, 320), (1000, 240), (1200, 310)],
        "#BCD1BE",
    )
    c.ground([(0, 400), (260, 340), (560, 400), (860, 340), (1200, 400)], "#9BBE9C")
    for n in range(13):
        x, y = 40 + n * 94, 420 - (n % 3) * 16
        c.disc(x, y - 34, 34, "#6FA27C")
        c.disc(x - 16, y - 22, 24, "#639670")
        for i in range(3):
            c.disc(x - 18 + i * 17, y - 30 - (i % 2) * 14, 4.5, p.VOICE)
    c.ground([(0, 424), (400, 410), (800, 426), (1200, 408)], "#7FB087")
    tree(c, x=1060, y=640, height=500, crown="#5A9470", trunk=p.WOOD_DARK)
    for dx, dy in ((-90, -330), (-30, -290), (40, -330), (84, -400), (-44, -420), (10, -380)):
        c.disc(1060 + dx, 640 + dy, 17, p.VOICE)
        c.disc(1054 + dx, 634 + dy, 5, p.VOICE_SOFT)
    c.fade("#8DB98F", "#6D9D79", y=590, h=210)
    c.shadow(520, 752, 380, 20, strength=0.3)
    for n in range(6):
        _apple(c, x=250 + n * 108, y=404 - (n % 2) * 8, r=60, shade=n % 3)
    for n in range(7):
        _apple(c, x=206 + n * 106, y=466 + (n % 2) * 6, r=62, shade=(n + 1) % 3)
    for x in (150, 846):
        c.rect(x, 470, 44, 276, p.WOOD_DARK)
    for n in range(3):
        y = 498 + n * 84
        c.rect(132, y, 776, 70, p.WOOD if n % 2 else "#C48653", radius=5)
        c.rect(132, y, 776, 9, p.WOOD_LIGHT, radius=4)
        c.line(
            [(190, y + 36), (400, y + 30), (640, y + 42)], mix(p.WOOD, p.INK, 0.14), 3, soft=True
        )
        for x in (170, 868):
            c.disc(x, y + 36, 6, p.WOOD_DARK)
    c.rect(420, 560, 200, 100, p.PAPER, radius=6)
    c.disc(520, 616, 26, p.VOICE)
    c.ellipse(536, 582, 15, 7, p.ECHO)
    for x, y in ((1000, 726), (90, 750)):
        c.shadow(x, y + 40, 50, 8)
        _apple(c, x=x, y=y, r=50, shade=1)


def _apple(c: Canvas, *, x: float, y: float, r: float, shade: int) -> None:
    skin = (p.VOICE, "#D6523A", "#B93122")[shade]
    c.blob(
        [
            (x, y - r * 0.82),
            (x + r * 0.6, y - r * 0.92),
            (x + r, y - r * 0.2),
            (x + r * 0.66, y + r * 0.78),
            (x, y + r * 0.86),
            (x - r * 0.66, y + r * 0.78),
            (x - r, y - r * 0.2),
            (x - r * 0.6, y - r * 0.92),
        ],
        skin,
    )
    c.blob(
        [
            (x - r * 0.5, y - r * 0.66),
            (x - r * 0.76, y - r * 0.1),
            (x - r * 0.6, y + r * 0.3),
            (x - r * 0.5, y - r * 0.1),
        ],
        mix(skin, p.PEACH, 0.5),
    )
    c.ellipse(x, y - r * 0.76, r * 0.24, r * 0.09, mix(skin, p.INK, 0.35))
    c.line([(x, y - r * 0.74), (x + r * 0.12, y - r * 1.1)], p.WOOD_DARK, r * 0.1)
    c.blob(
        [
            (x + r * 0.12, y - r * 0.92),
            (x + r * 0.4, y - r * 1.18),
            (x + r * 0.72, y - r * 1.12),
            (x + r * 0.44, y - r * 0.9),
        ],
        p.ECHO,
    )


def canteen_tray(c: Canvas) -> None:
    """A small portion on a tray, seen from above."""
    c.fade("#EAD9C2", "#E0C9AC")
    for n in range(5):
        c.rect(0, 150 + n * 165, 1200, 4, tint(p.WOOD, 0.25))
    c.haze([(210, 150), (1010, 150), (1010, 740), (210, 740)], p.INK, 0.28, blur=16)
    c.rect(190, 110, 800, 590, "#3F8F74", radius=56)
    c.rect(206, 126, 768, 558, "#57A588", radius=46)
    inner = "#F7F4EC"
    for x, y, w, h in ((236, 156, 330, 230), (596, 156, 348, 230), (236, 416, 330, 238)):
        c.rect(x, y, w, h, "#3F8F74", radius=34)
        c.rect(x + 6, y + 8, w - 10, h - 12, inner, radius=30)
    _greens(c, x=402, y=274)
    _tomato_and_egg(c, x=770, y=274)
    c.blob(
        [
            (276, 540),
            (300, 462),
            (400, 440),
            (500, 462),
            (530, 540),
            (490, 616),
            (400, 634),
            (310, 612),
        ],
        "#FFFFFF",
    )
    c.blob([(300, 530), (330, 480), (400, 462), (420, 500), (350, 540), (330, 580)], "#F1ECE0")
    for n in range(60):
        # The golden angle scatters the grains evenly without any chance.
        angle, reach = n * 2.39996, 11.5 * math.sqrt(n + 1)
        gx, gy = 402 + reach * math.cos(angle) * 1.1, 540 + reach * math.sin(angle) * 0.78
        if n % 6 == 0:
            c.ellipse(gx, gy, 3.6, 5.2, p.INK)
        else:
            c.ellipse(gx, gy, 8, 4.2, "#E3DCCB" if n % 2 else "#FFFDF6")
    c.disc(770, 536, 118, tint(p.INK, 0.16))
    c.disc(766, 530, 116, p.PAPER)
    c.disc(766, 530, 100, p.BLUE)
    c.disc(766, 530, 95, p.PAPER)
    c.disc(766, 530, 88, "#EBC57A")
    c.blob([(716, 500), (760, 480), (800, 506), (780, 540), (730, 536)], "#F8E3A6")
    c.blob([(760, 556), (806, 540), (826, 570), (786, 592)], "#F8E3A6")
    for n in range(9):
        x, y = 706 + (n * 47) % 120, 476 + (n * 29) % 108
        c.ring(x, y, 9, p.ECHO, 4)
    c.haze([(1056, 190), (1112, 190), (1124, 690), (1070, 690)], p.INK, 0.22, blur=8)
    c.line([(1046, 170), (1062, 668)], p.WOOD_DARK, 14)
    c.line([(1086, 170), (1092, 668)], p.WOOD_DARK, 14)
    c.line([(1046, 170), (1050, 290)], p.VOICE, 14)
    c.line([(1086, 170), (1087, 290)], p.VOICE, 14)
    c.rect(52, 250, 96, 150, p.PAPER, radius=8)
    c.rect(52, 250, 96, 34, p.VOICE_SOFT, radius=8)
    for n in range(4):
        c.rect(68, 304 + n * 20, 64 - (n % 2) * 20, 7, p.LINE, radius=3)


def _greens(c: Canvas, *, x: float, y: float) -> None:
    for n in range(17):
        angle, reach = n * 2.39996, 26 * math.sqrt(17 - n)
        dx, dy = reach * math.cos(angle) * 1.05, reach * math.sin(angle) * 0.56
        turn = 1 if n % 2 else -1
        colour = (p.LEAF, "#5FA071", p.LEAF_DARK)[n % 3]
        c.blob(
            [
                (x + dx - 46, y + dy + 12 * turn),
                (x + dx - 6, y + dy - 26),
                (x + dx + 44, y + dy - 14 * turn),
                (x + dx + 8, y + dy + 26),
            ],
            colour,
        )
        c.line([(x + dx - 38, y + dy + 8 * turn), (x + dx + 26, y + dy - 8 * turn)], "#CFE3B8", 4)
    for dx, dy in ((-62, -18), (-8, 34), (34, -30), (70, 22), (-40, 26)):
        c.rect(x + dx, y + dy, 20, 12, p.PAPER, radius=4)


def _tomato_and_egg(c: Canvas, *, x: float, y: float) -> None:
    c.blob(
        [
            (x - 130, y),
            (x - 90, y - 74),
            (x + 20, y - 84),
            (x + 120, y - 50),
            (x + 134, y + 30),
            (x + 50, y + 80),
            (x - 80, y + 72),
        ],
        "#E58A5A",
    )
    for n in range(9):
        angle, reach = n * 2.39996 + 0.6, 36 * math.sqrt(n)
        dx, dy = reach * math.cos(angle), reach * math.sin(angle) * 0.48
        c.blob(
            [
                (x + dx - 34, y + dy),
                (x + dx - 8, y + dy - 26),
                (x + dx + 32, y + dy - 10),
                (x + dx + 20, y + dy + 24),
                (x + dx - 20, y + dy + 22),
            ],
            "#F6CF62",
        )
    for n, (dx, dy) in enumerate(
        ((-84, -30), (-36, 34), (6, -46), (56, 18), (92, -26), (-100, 34))
    ):
        c.pie(x + dx, y + dy, 32, n * 50, n * 50 + 180, p.VOICE)
        c.pie(x + dx, y + dy, 18, n * 50, n * 50 + 180, "#E4614B")
    for dx, dy in ((-60, -8), (-10, 6), (30, -22), (20, 50), (84, 36), (-64, 58), (-20, -60)):
        c.rect(x + dx, y + dy, 12, 6, p.ECHO, radius=3)
