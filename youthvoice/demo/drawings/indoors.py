"""Rooms: a desk at night, a rented room, a library, a workshop."""

from __future__ import annotations

from . import palette as p
from .canvas import Canvas, mix, smooth, tint


def desk_night(c: Canvas) -> None:
    """A laptop and a lamp by a window, late."""
    c.fade("#2B3A55", "#35486A")
    _night_window(c, x=330, y=70, w=560, h=420)
    for side, edge in ((250, 345), (970, 875)):
        fold = 1 if side < edge else -1
        c.poly(
            [(side, 40), (edge + 50 * fold, 40), (edge, 330), (edge - 20 * fold, 560), (side, 560)],
            "#6E4A55",
        )
        c.poly(
            [(side, 40), (side + 45 * fold, 40), (side + 30 * fold, 560), (side, 560)], "#5B3D4A"
        )
    c.rect(215, 28, 790, 16, p.WOOD_DARK, radius=8)
    c.glow(330, 460, 430, p.LIGHT, 0.62)
    c.rect(0, 590, 1200, 210, p.WOOD)
    c.rect(0, 590, 1200, 16, p.WOOD_LIGHT)
    c.rect(0, 720, 1200, 80, p.WOOD_DARK)
    c.glow(330, 610, 330, p.LIGHT, 0.5)
    c.rect(0, 716, 1200, 6, tint(p.INK, 0.18))
    _lamp(c, x=180, y=596)
    c.shadow(640, 602, 240, 12, strength=0.35)
    c.rect(470, 350, 340, 232, "#20262F", radius=16)
    c.fade("#FFF6E4", "#F6E3C4", x=486, y=366, w=308, h=196)
    c.rect(510, 392, 120, 16, p.VOICE, radius=8)
    for row, length in enumerate((230, 250, 190, 240, 120)):
        c.rect(510, 428 + row * 24, length, 9, mix(p.WAIT, p.PAPER, 0.62), radius=4)
    c.poly([(470, 580), (810, 580), (856, 606), (424, 606)], "#C9CCD1")
    c.rect(424, 602, 432, 12, "#A4A9B1", radius=6)
    _mug(c, x=930, y=610)
    for i, (w, colour) in enumerate(((190, p.ECHO), (170, p.PEACH), (180, p.VOICE))):
        c.rect(1000 + i * 6, 584 - i * 28, w, 26, colour, radius=4)
        c.rect(1016 + i * 6, 590 - i * 28, w - 60, 4, tint(p.PAPER, 0.45), radius=2)


def _night_window(c: Canvas, *, x: float, y: float, w: float, h: float) -> None:
    c.rect(x - 18, y - 18, w + 36, h + 36, "#4A5B7C", radius=6)
    c.fade("#141C2E", "#41547C", x=x, y=y, w=w, h=h)
    c.glow(x + w - 120, y + 95, 150, "#FFF1CF", 0.35)
    c.disc(x + w - 120, y + 95, 32, "#FFF1CF")
    towers = (
        (0, 120, 90),
        (86, 190, 76),
        (170, 90, 100),
        (262, 230, 70),
        (340, 140, 96),
        (430, 180, 130),
    )
    for i, (dx, height, width) in enumerate(towers):
        top = y + h - height
        c.rect(x + dx, top, width, height, "#1B2439" if i % 2 else "#222D46")
        for n in range(12):
            column, row = n % 3, n // 3
            if (n * 7 + i * 5) % 4 == 0 and row * 34 + 40 < height:
                c.rect(x + dx + 14 + column * 22, top + 18 + row * 34, 11, 15, p.AMBER)
    c.rect(x + w / 2 - 7, y, 14, h, "#4A5B7C")
    c.rect(x, y + 190, w, 10, "#4A5B7C")
    c.rect(x - 36, y + h + 10, w + 72, 18, "#566889", radius=4)


def _lamp(c: Canvas, *, x: float, y: float) -> None:
    c.ellipse(x, y, 74, 14, "#16304A")
    c.line([(x, y - 6), (x - 40, y - 150), (x + 70, y - 270)], "#1F5FA8", 12)
    c.disc(x - 40, y - 150, 12, "#16304A")
    c.haze(
        [(x + 60, y - 215), (x + 190, y - 240), (x + 330, y), (x + 10, y)], p.LIGHT, 0.5, blur=16
    )
    c.poly([(x + 52, y - 300), (x + 110, y - 312), (x + 190, y - 236), (x + 36, y - 206)], p.BLUE)
    c.poly(
        [(x + 40, y - 207), (x + 188, y - 237), (x + 150, y - 214), (x + 84, y - 202)], "#FFF4D6"
    )


def _mug(c: Canvas, *, x: float, y: float) -> None:
    for dx in (-12, 14):
        c.steam(x + dx, y - 96, 96, width=9, strength=0.5)
    c.ring(x + 42, y - 44, 26, p.PAPER, 10)
    c.rect(x - 38, y - 84, 78, 86, p.PAPER, radius=12)
    c.rect(x - 38, y - 54, 78, 16, p.VOICE)


def rented_room(c: Canvas) -> None:
    """An empty room on moving day, with boxes and the light of the afternoon."""
    c.fade("#F6E8DA", "#F1DCC8", h=580)
    c.fade("#C98E5E", "#B4794B", y=560, h=240)
    for n in range(4):
        c.rect(0, 618 + n * 52, 1200, 3, tint(p.WOOD_DARK, 0.35))
    for n in range(9):
        c.rect(90 + n * 143 + (n % 2) * 40, 570 + (n % 4) * 52, 3, 48, tint(p.WOOD_DARK, 0.35))
    c.rect(0, 546, 1200, 18, "#FBF3EA")
    c.rect(118, 92, 330, 330, p.PAPER, radius=6)
    c.fade("#BFD6E4", "#F7E7C8", x=136, y=110, w=294, h=294)
    c.ground([(136, 350), (210, 320), (290, 345), (370, 310), (430, 336)], "#9FC0AD", floor=404)
    c.rect(276, 110, 14, 294, p.PAPER)
    c.rect(136, 240, 294, 10, p.PAPER)
    c.rect(100, 418, 366, 18, "#FFFDF9", radius=4)
    c.haze([(330, 600), (640, 600), (820, 790), (430, 790)], "#FFE9BE", 0.55, blur=8)
    for x in (612, 668):
        c.disc(x, 196, 5, "#8F7A68")
        c.disc(x + 1, 197, 2, p.INK)
    c.line([(724, 196), (724, 214), (736, 222), (742, 210)], "#8F7A68", 6, soft=True)
    _bed(c)
    c.shadow(330, 742, 230, 16, strength=0.3)
    _box(c, x=130, y=560, w=210, h=176, tape=p.PEACH)
    _box(c, x=350, y=604, w=160, h=132, tape=p.ECHO_SOFT)
    _box(c, x=162, y=432, w=150, h=128, tape=p.VOICE_SOFT)
    c.line([(398, 604), (392, 540), (372, 500)], p.LEAF_DARK, 6, soft=True)
    for x, y, rx in ((366, 492, 24), (396, 520, 30), (430, 506, 28), (414, 548, 24)):
        c.ellipse(x, y, rx, 15, p.LEAF)
    c.poly([(382, 566), (446, 566), (436, 606), (392, 606)], p.VOICE)


def _bed(c: Canvas) -> None:
    c.shadow(905, 706, 290, 18, strength=0.3)
    for x in (664, 1122):
        c.rect(x, 640, 22, 66, p.WOOD_DARK, radius=4)
    c.rect(1108, 420, 40, 284, p.WOOD_DARK, radius=10)
    c.rect(640, 600, 492, 56, p.WOOD, radius=8)
    c.rect(648, 540, 470, 70, "#FFFDF9", radius=18)
    c.blob([(980, 548), (990, 500), (1060, 488), (1108, 510), (1104, 548)], "#DDE8E4")
    c.blob(
        [
            (650, 560),
            (664, 512),
            (760, 496),
            (860, 516),
            (930, 508),
            (962, 548),
            (950, 596),
            (650, 600),
        ],
        p.VOICE,
    )
    c.line([(690, 540), (760, 522), (840, 540), (920, 532)], "#E4614B", 6, soft=True)
    c.line([(680, 572), (780, 556), (880, 570), (940, 562)], "#A92E1D", 5, soft=True)


def _box(c: Canvas, *, x: float, y: float, w: float, h: float, tape: str) -> None:
    c.rect(x, y, w, h, p.CARD, radius=3)
    c.rect(x, y, w, 18, mix(p.CARD, p.INK, 0.12), radius=3)
    c.rect(x + w / 2 - 14, y, 28, h * 0.42, tape)
    c.rect(x + w - 46, y + h - 36, 30, 6, tint(p.WOOD_DARK, 0.6), radius=3)
    c.rect(x + w - 46, y + h - 24, 20, 6, tint(p.WOOD_DARK, 0.6), radius=3)


def library_lamp(c: Canvas) -> None:
    """A long table between bookshelves, with the lamps still on."""
    c.fade("#3A2C28", "#5A4135")
    _shelves(c)
    c.haze([(0, 0), (1200, 0), (1200, 540), (0, 540)], "#2A201F", 0.34, blur=2)
    for x in (300, 860):
        c.glow(x, 470, 420, p.LIGHT, 0.55)
    for x in (190, 580, 970):
        _chair_back(c, x=x)
    c.rect(0, 600, 1200, 26, p.WOOD_LIGHT)
    c.fade("#B4733F", "#8F5731", y=626, h=174)
    for x in (300, 860):
        c.haze(
            [(x - 230, 600), (x + 230, 600), (x + 300, 690), (x - 300, 690)], p.LIGHT, 0.5, blur=26
        )
        _green_lamp(c, x=x, y=640)
    c.shadow(585, 700, 150, 14, strength=0.35)
    c.poly([(585, 672), (470, 656), (440, 706), (585, 722)], "#FFFBF1")
    c.poly([(585, 672), (700, 656), (730, 706), (585, 722)], "#F4EBDA")
    for n in range(4):
        c.line([(488 - n * 6, 668 + n * 9), (566, 680 + n * 9)], "#CDBFA9", 3)
        c.line([(604, 680 + n * 9), (682 + n * 6, 668 + n * 9)], "#CDBFA9", 3)
    c.line([(748, 716), (820, 690)], p.VOICE, 8)
    c.line([(820, 690), (830, 686)], p.SAND, 6)
    c.rect(1010, 676, 150, 26, p.BLUE, radius=4)
    c.rect(1022, 650, 130, 26, p.PEACH, radius=4)
    c.rect(60, 690, 120, 24, p.ECHO, radius=4)


def _shelves(c: Canvas) -> None:
    books = (p.VOICE, "#C98B4E", p.ECHO, "#E7D7B8", p.BLUE, "#8C4A3A", "#D8B25A", "#56708C")
    for bay in range(4):
        left = 14 + bay * 296
        c.rect(left, 24, 284, 600, "#2D211E", radius=4)
        for row in range(4):
            floor = 156 + row * 136
            x, n = left + 14.0, bay * 5 + row * 3
            while x < left + 250:
                width = 16 + (n * 7) % 15
                height = 78 + (n * 13) % 30
                if (n * 5 + bay) % 11 != 0:
                    c.rect(x, floor - height, width, height, books[(n * 3 + row) % 8], radius=2)
                    c.rect(x + 3, floor - height + 14, width - 6, 5, tint(p.PAPER, 0.4))
                x += width + 2
                n += 1
            c.rect(left, floor, 284, 12, "#6B4A38")


def _chair_back(c: Canvas, *, x: float) -> None:
    c.rect(x, 486, 96, 14, p.WOOD_DARK, radius=7)
    for dx in (4, 40, 78):
        c.rect(x + dx, 492, 12, 130, p.WOOD_DARK, radius=4)


def _green_lamp(c: Canvas, *, x: float, y: float) -> None:
    c.ellipse(x, y, 70, 14, "#8C6A2C")
    c.ellipse(x, y - 5, 62, 11, p.AMBER)
    c.rect(x - 7, y - 150, 14, 146, "#C8963C")
    c.poly([(x - 118, y - 128), (x + 118, y - 128), (x + 84, y - 200), (x - 84, y - 200)], p.ECHO)
    c.rect(x - 86, y - 208, 172, 14, "#17664A", radius=7)
    c.rect(x - 120, y - 134, 240, 12, "#FFF3CC", radius=6)
    c.line([(x - 70, y - 188), (x - 92, y - 142)], "#4FA884", 6)
    c.line([(x + 40, y - 122), (x + 40, y - 84)], "#C8963C", 3)
    c.disc(x + 40, y - 80, 5, p.AMBER)


def kiln(c: Canvas) -> None:
    """A potter's workshop: a wheel, a wet pot, and glazes on the shelf."""
    c.fade("#EFDCC6", "#E3C6A6", h=620)
    c.fade("#A9764F", "#8C5D3D", y=610, h=190)
    c.rect(70, 90, 260, 300, p.WOOD_DARK, radius=6)
    c.fade("#CFE0E4", "#F9EBCB", x=86, y=106, w=228, h=268)
    c.rect(192, 106, 14, 268, p.WOOD_DARK)
    c.rect(86, 230, 228, 10, p.WOOD_DARK)
    c.haze([(330, 380), (560, 660), (260, 700), (90, 400)], "#FFF0CC", 0.32, blur=24)
    glazes = (
        ("#6C8FB5", "#8C5AA0"),
        (p.VOICE, "#6E4A8E"),
        ("#8FB8C9", "#4F78A6"),
        ("#A84A5A", "#D98A6A"),
        ("#7FA9B8", "#B5708E"),
    )
    for row, floor in enumerate((222, 402)):
        c.rect(440, floor, 680, 20, p.WOOD_DARK, radius=4)
        c.rect(440, floor + 20, 680, 6, tint(p.INK, 0.15))
        for n in range(5):
            top, bottom = glazes[(n + row * 2) % 5]
            _vase(c, x=516 + n * 132, y=floor, kind=(n + row) % 3, top=top, bottom=bottom)
    for x in (470, 1080):
        c.poly([(x, 422), (x + 14, 422), (x + 14, 472)], p.WOOD_DARK)
    c.shadow(690, 756, 260, 16, strength=0.3)
    c.poly([(560, 640), (820, 640), (786, 752), (594, 752)], p.WOOD_DARK)
    c.poly([(560, 640), (690, 640), (672, 752), (594, 752)], p.WOOD)
    c.ellipse(690, 640, 170, 30, "#6F665F")
    c.ellipse(690, 632, 170, 30, "#9C938A")
    wall = [(46, 632), (84, 596), (92, 552), (70, 510), (40, 488), (46, 466)]
    left, right = ([(690 + side * dx, y) for dx, y in wall] for side in (-1, 1))
    c.poly([*smooth(left), *reversed(smooth(right))], "#B58B68")
    shine = [(690 - dx * 0.42, y) for dx, y in wall]
    c.poly([*smooth(left), *reversed(smooth(shine))], "#CDA683")
    c.ellipse(690, 466, 46, 12, "#CDA683")
    c.ellipse(690, 467, 37, 8, "#7A5740")
    for y, w in ((528, 58), (560, 72), (594, 66)):
        c.line(
            [(690 - w * 0.3, y + 7), (690 + w * 0.3, y + 6), (690 + w, y)], "#A27855", 4, soft=True
        )
    c.shadow(960, 748, 90, 10, strength=0.3)
    c.poly([(890, 640), (1030, 640), (1014, 746), (906, 746)], p.BLUE)
    c.ellipse(960, 640, 70, 14, "#17497F")
    c.ellipse(960, 642, 60, 10, "#BFD6DD")
    c.line([(200, 746), (360, 746)], p.WOOD_DARK, 12)
    c.rect(190, 640, 180, 22, p.WOOD, radius=8)
    for x in (212, 340):
        c.rect(x, 660, 14, 90, p.WOOD_DARK)


def _vase(c: Canvas, *, x: float, y: float, kind: int, top: str, bottom: str) -> None:
    outlines = (
        [(18, 0), (46, 40), (34, 84), (14, 104), (20, 128)],
        [(26, 0), (52, 34), (56, 62), (44, 78), (46, 84)],
        [(20, 0), (30, 30), (48, 78), (30, 112), (16, 120)],
    )
    side = outlines[kind]
    shape = [(x - dx, y - dy) for dx, dy in side] + [(x + dx, y - dy) for dx, dy in side[::-1]]
    height = side[-1][1]
    outline = smooth(shape, closed=True)
    height = side[-1][1]
    c.poly(outline, bottom)
    # The upper glaze has run down and stopped in a wavy edge.
    upper = [(px, py) for px, py in outline if py <= y - height * 0.36]
    (left, low), (right, _) = upper[0], upper[-1]
    run = ((0.8, 4), (0.64, 9), (0.5, 3), (0.36, 8), (0.2, 3))
    edge = [(left + (right - left) * share, low + drop) for share, drop in run]
    c.poly([*upper, *smooth([upper[-1], *edge, upper[0]])], top)
    c.line(
        [(x - side[1][0] * 0.55, y - height * 0.38), (x - side[2][0] * 0.6, y - height * 0.62)],
        mix(top, p.PAPER, 0.45),
        6,
    )
    c.ellipse(x, y - height, side[-1][0], 5, mix(bottom, p.INK, 0.4))
