"""The town after dark: a street with broken lamps, a stall that is still open."""

from __future__ import annotations

from . import palette as p
from .canvas import Canvas, mix, tint
from .things import bottle, bowl, tree


def street_lamp(c: Canvas) -> None:
    """A row of lamps of which only the last one burns."""
    c.fade("#131B2B", "#2C3A56", h=560)
    c.glow(470, 118, 190, "#FFF1CF", 0.3)
    c.disc(470, 118, 40, "#F6E7C6")
    for n in range(34):
        c.disc((n * 367) % 1200, (n * n * 53 + n * 29) % 330, 1.6 + n % 2, tint(p.PAPER, 0.55))
    c.ground(
        [(0, 470), (160, 440), (330, 470), (520, 430), (760, 476), (980, 446), (1200, 470)],
        "#1A2437",
    )
    for x, h in ((60, 150), (250, 190), (980, 210), (1130, 160)):
        tree(c, x=x, y=560, height=h, crown="#1E2C3C", trunk="#18212F")
    c.fade("#2A3447", "#232B3A", y=545, h=255)
    c.poly([(0, 800), (0, 700), (820, 548), (930, 548), (760, 800)], "#39445A")
    for n in range(6):
        t, u = n / 6, n / 6 + 0.075
        c.poly(
            [
                (380 + 495 * t, 800 - 250 * t),
                (398 + 478 * t, 800 - 250 * t),
                (398 + 478 * u, 800 - 250 * u),
                (380 + 495 * u, 800 - 250 * u),
            ],
            tint(p.PAPER, 0.4),
        )
    c.glow(905, 400, 330, p.LIGHT, 0.72)
    c.haze([(895, 360), (918, 360), (1010, 566), (780, 566)], p.LIGHT, 0.55, blur=14)
    _post(c, x=905, y=560, height=205, lit=True)
    _post(c, x=770, y=588, height=290, lit=False)
    _post(c, x=560, y=636, height=410, lit=False)
    _post(c, x=200, y=716, height=570, lit=False)
    c.line([(196, 660), (180, 640), (204, 622), (186, 600)], p.VOICE, 5, soft=True)
    c.poly([(930, 700), (1090, 700), (1130, 770), (930, 770)], "#11161F")
    c.poly([(1010, 684), (1160, 704), (1176, 760), (1040, 742)], "#6A7488")
    for n in range(4):
        c.line([(1036 + n * 32, 700 + n * 4), (1056 + n * 30, 734 + n * 3)], "#3D465A", 6)
    for x, y in ((900, 690), (890, 760)):
        c.poly([(x - 16, y + 26), (x + 16, y + 26), (x + 5, y - 36), (x - 5, y - 36)], p.VOICE)
        c.rect(x - 10, y - 8, 20, 11, p.PAPER)


def _post(c: Canvas, *, x: float, y: float, height: float, lit: bool) -> None:
    k = height / 400
    metal = "#8C97A8" if lit else "#56627A"
    c.line(
        [
            (x, y),
            (x, y - height + 40 * k),
            (x + 24 * k, y - height),
            (x + 96 * k, y - height - 6 * k),
        ],
        metal,
        11 * k,
        soft=True,
    )
    c.rect(x - 16 * k, y - 44 * k, 32 * k, 48 * k, metal, radius=5 * k)
    c.poly(
        [
            (x + 70 * k, y - height - 20 * k),
            (x + 146 * k, y - height - 14 * k),
            (x + 156 * k, y - height + 6 * k),
            (x + 66 * k, y - height + 4 * k),
        ],
        metal,
    )
    glass = p.LIGHT if lit else "#2A3448"
    c.poly(
        [
            (x + 74 * k, y - height + 4 * k),
            (x + 150 * k, y - height + 6 * k),
            (x + 132 * k, y - height + 20 * k),
            (x + 88 * k, y - height + 18 * k),
        ],
        glass,
    )
    if lit:
        c.glow(x + 110 * k, y - height + 12 * k, 90, "#FFF7DF", 0.9)


def noodle_stall(c: Canvas) -> None:
    """A stall with a big pot, open late."""
    c.fade("#232F47", "#4A4560", h=640)
    for n, (x, w, top) in enumerate(
        ((0, 190, 190), (210, 130, 270), (900, 140, 230), (1050, 150, 160))
    ):
        c.rect(x, top, w, 460, "#1F2940" if n % 2 else "#263149")
        for i in range(9):
            if (i + n) % 3:
                c.rect(
                    x + 24 + (i % 3) * 44,
                    top + 40 + (i // 3) * 70,
                    20,
                    28,
                    tint(p.AMBER, 0.75 if i % 2 else 0.3),
                )
    c.fade("#4B4150", "#3A3342", y=640, h=160)
    c.glow(600, 400, 560, p.LIGHT, 0.6)
    c.rect(290, 330, 620, 190, "#F7E5C6")
    c.rect(290, 330, 620, 190, tint("#E0A45B", 0.35))
    for x in (262, 918):
        c.rect(x, 190, 20, 500, p.WOOD_DARK)
    for x, colour in ((350, p.VOICE), (432, p.ECHO), (852, p.WAIT), (890, p.BLUE)):
        bottle(c, x=x, y=520, colour=colour)
    for n in range(3):
        bowl(c, x=500, y=516 - n * 17, radius=44, colour=p.PAPER, rim=p.BLUE)
    c.ellipse(640, 474, 82, 16, "#8C949E")
    c.rect(558, 474, 164, 60, "#AEB5BE")
    c.ellipse(640, 472, 70, 12, "#F3DFB8")
    for x in (600, 640, 684):
        c.steam(x, 462, 130, width=17, strength=0.55)
    c.fade(p.WOOD, p.WOOD_DARK, x=236, y=530, w=728, h=160)
    c.rect(220, 516, 760, 24, p.WOOD_LIGHT, radius=6)
    for n in range(7):
        c.rect(256 + n * 104, 556, 6, 118, tint(p.INK, 0.12))
    c.disc(600, 616, 44, p.VOICE)
    bowl(c, x=600, y=632, radius=28, colour=p.PAPER, rim=p.PAPER)
    _awning(c)
    for x in (330, 465, 600, 735, 870):
        c.line([(x, 262), (x, 300)], p.INK, 3)
        c.glow(x, 312, 74, "#FFF1C4", 0.85)
        c.disc(x, 312, 14, "#FFF6DA")
    for x in (370, 600, 830):
        c.shadow(x, 764, 62, 9, strength=0.4)
        for dx in (-36, 26):
            c.rect(x + dx, 700, 10, 62, p.BLUE)
        c.rect(x - 48, 686, 96, 18, "#2E6FB8", radius=8)
    bowl(c, x=776, y=514, radius=46, colour=p.PAPER, rim=p.VOICE)
    c.line([(746, 474), (822, 460)], p.WOOD_DARK, 5)
    c.line([(748, 482), (826, 472)], p.WOOD_DARK, 5)


def _awning(c: Canvas) -> None:
    for n in range(10):
        left, colour = 200 + n * 80, p.VOICE if n % 2 == 0 else p.PAPER
        top = 260 + n * 68
        c.poly([(top, 130), (top + 68, 130), (left + 80, 236), (left, 236)], colour)
        c.pie(left + 40, 235, 40, 0, 180, mix(colour, p.INK, 0.1))
    c.rect(250, 118, 700, 18, p.WOOD_DARK, radius=6)
