"""The child process in which sent pictures are decoded: `python -I -S drawing.py …`.

A sent file may aim at the decoder, so the decoder runs where little can be won. Before the
first byte is read, this process has given up opening files and sockets, starting processes
and taking much memory or time. It knows nothing of Django and of the house's settings, keys
and database, and is quick to start. `child.py` starts it and believes it little.

What is spoken (big-endian), for one picture after another until standard input ends:

- out, once: the byte READY;
- in: the file's length (8 bytes) and the file;
- out: one byte, DRAWN, UNREADABLE or TOO_LARGE. After DRAWN come six numbers of 4 bytes
  (width and height, width and height of the small one, lengths of both files) and the two
  JPEG files.
"""

import io
import math
import resource
import struct
import sys
import warnings
from typing import BinaryIO, NamedTuple

if __name__ == "__main__":
    sys.path.append(sys.argv[1])  # where Pillow is: without `site` nobody else says it

# Besides what it imports by itself: later no file can be opened.
from PIL import (
    GifImagePlugin,  # noqa: F401
    Image,
    JpegImagePlugin,  # noqa: F401
    MpoImagePlugin,  # noqa: F401
    PngImagePlugin,  # noqa: F401
    TiffImagePlugin,  # noqa: F401
    WebPImagePlugin,  # noqa: F401
)

READY, DRAWN, UNREADABLE, TOO_LARGE = b"R", b"D", b"U", b"L"
LENGTH = struct.Struct(">Q")
HEAD = struct.Struct(">6I")

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
#: Number and values of the EXIF entry that says how the camera was held.
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
#: Rows of the result that are made at a time.
_BAND = 64
#: Bytes a pixel that the hungriest decoder (WebP's) takes.
_HUNGER = 16
#: JPEG knows no side of more than 65,535 pixels, and browsers draw none of that length.
LONG_MOST = 20_000
#: A small picture is at most so many times as long as it is wide; of a longer one its beginning.
_THUMB_RATIO = 2
#: What a PNG's one transparent colour is multiplied by (the second number divides), as its
#: pixels are when they are unpacked to eight bits: Pillow leaves the colour as it stands there.
_DEPTHS = {"L;2": (85, 1), "L;4": (17, 1), "RGB;16B": (1, 256)}
#: More pixels than are unpacked where a JPEG can be had at half its size.
_ROOMY = 25_000_000


class Order(NamedTuple):
    """What the parent wants: sizes in pixels, and the limits."""

    #: The shorter side and the area of what is kept: a long picture stays as wide as it can be
    #: read, for the longer side is bound only by `LONG_MOST`.
    short: int
    area: int
    #: The longer side of the small one.
    thumb_side: int
    pixels_most: int
    #: Bytes that this process may take on top of what it has when it is ready.
    memory: int
    #: Seconds of computing for one picture; the parent looks at the clock besides.
    seconds: int


def main(words: list[str]) -> int:
    """Draw until standard input ends; `words` are the numbers of an Order."""
    order = Order(*map(int, words))
    rehearse(order)
    give_up_the_world(order)
    serve(sys.stdin.buffer, sys.stdout.buffer, order)
    return 0


def rehearse(order: Order) -> None:
    """Draw one of each kind: whatever Pillow imports at need is then there."""
    exif = Image.Exif()
    exif[_ORIENTATION] = 3
    for kind in _FORMATS:
        out = io.BytesIO()
        Image.new("P" if kind == "GIF" else "RGB", (8, 8)).save(out, kind, exif=exif)
        if not answer(out.getvalue(), order).startswith(DRAWN):
            raise RuntimeError(f"this Pillow can't draw {kind}")


def give_up_the_world(order: Order) -> None:
    """No file or socket is opened from here on, no process started, nothing written."""
    for what in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NPROC):
        resource.setrlimit(what, (0, 0))
    if sys.platform == "linux":
        with open("/proc/self/statm", encoding="utf-8") as file:
            taken = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + order.memory,) * 2)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def serve(receiving: BinaryIO, sending: BinaryIO, order: Order) -> None:
    sending.write(READY)
    sending.flush()
    while length := receiving.read(LENGTH.size):
        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime) + 1 + order.seconds
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))
        sending.write(answer(receiving.read(*LENGTH.unpack(length)), order))
        sending.flush()


def answer(sent: bytes, order: Order) -> bytes:
    """What is said to one file."""
    pixels = 0
    try:
        with warnings.catch_warnings():
            # Size is checked just below, by our own limit.
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(sent), formats=_FORMATS)
            pixels = image.width * image.height
            if pixels > order.pixels_most:
                return TOO_LARGE
            full = drawn(image, fitted(image.size, short=order.short, area=order.area))
            small = _small(full, order.thumb_side)
            files = _jpeg(full), _jpeg(small)
    except (MemoryError, Image.DecompressionBombError):
        return TOO_LARGE
    except Exception:
        # Pillow raises whatever a broken file leads it to. Some decoders tell of too little
        # memory as of a broken file: where that is likely, shrinking is the better advice.
        return TOO_LARGE if pixels * _HUNGER > order.memory else UNREADABLE
    return DRAWN + HEAD.pack(*full.size, *small.size, *map(len, files)) + b"".join(files)


def fitted(size: tuple[int, int], *, short: int, area: int) -> tuple[int, int]:
    """How large a picture of this size is kept."""
    return _scaled(
        size,
        min(
            short / min(size),
            math.sqrt(area / (size[0] * size[1])),
            LONG_MOST / max(size),
        ),
    )


def drawn(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Decoded, shrunk to the size, on white, upright, and without metadata. `image` is closed."""
    # JPEG can be decoded at a half or a quarter of its size, for as much less memory: at twice
    # what is wanted, but for a long one that would then be unpacked whole.
    halves = min(image.width // (2 * size[0]), image.height // (2 * size[1]))
    gap = 1 if halves < 2 and image.width * image.height > _ROOMY else 2
    image.draft(None, (min(image.width, gap * size[0]), min(image.height, gap * size[1])))
    _mend_transparency(image)
    image.load()
    # Not ImageOps.exif_transpose: it writes the EXIF anew, and fails where that is damaged.
    turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    shrunk = _shrunk(image, size)
    # What was unpacked makes room before the next is made.
    image.close()
    return shrunk if turn is None else shrunk.transpose(turn)


def _mend_transparency(image: Image.Image) -> None:
    clear, tiles = image.info.get("transparency"), getattr(image, "tile", None)
    raw = tiles[0].args if tiles else None
    if image.format != "PNG" or raw not in _DEPTHS or not isinstance(clear, int | tuple):
        return
    times, parts = _DEPTHS[raw]
    colours = [colour * times // parts for colour in ([clear] if isinstance(clear, int) else clear)]
    image.info["transparency"] = colours[0] if isinstance(clear, int) else tuple(colours)


def _scaled(size: tuple[int, int], scale: float) -> tuple[int, int]:
    scale = min(1.0, scale)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _small(full: Image.Image, side: int) -> Image.Image:
    """The small one, of a picture that is drawn already."""
    width, height = full.size
    # Of a sliver nobody would see anything: a long picture shows how it begins.
    box = (0, 0, min(width, _THUMB_RATIO * height), min(height, _THUMB_RATIO * width))
    return _shrunk(full, _scaled(box[2:], side / max(box)), box)


def _shrunk(
    image: Image.Image, size: tuple[int, int], box: tuple[int, int, int, int] | None = None
) -> Image.Image:
    """A new image of the bare pixels: nothing of the sender's file comes along.

    `box` is taken of an image that needs no flattening.
    """
    if image.mode == "RGB" and "transparency" not in image.info:
        whole, factor = image, 1
    else:
        # In bands, so that the flat picture is never there as a second whole one.
        factor = max(1, max(image.size) // max(size))
        whole = Image.new("RGB", (-(-image.width // factor), -(-image.height // factor)))
        for top in range(0, whole.height, _BAND):
            rows = (top * factor, min(image.height, (top + _BAND) * factor))
            band = _flat(image.crop((0, rows[0], image.width, rows[1])))
            whole.paste(band.reduce(factor), (0, top))
    of = box or (0, 0, image.width / factor, image.height / factor)
    bare = Image.new("RGB", size)
    # In bands as well: a long picture would be there twice.
    step = (of[3] - of[1]) / size[1]
    for top in range(0, size[1], _BAND * 4):
        end = min(size[1], top + _BAND * 4)
        part = (of[0], of[1] + top * step, of[2], min(of[3], of[1] + end * step))
        bare.paste(
            whole.resize((size[0], end - top), Image.Resampling.LANCZOS, part, reducing_gap=2.0),
            (0, top),
        )
    return bare


def _flat(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        return _flat_deep(image)
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layered = image.convert("RGBA")
        flat = Image.new("RGB", layered.size, "white")
        flat.paste(layered, mask=layered.getchannel("A"))
        return flat
    return image.convert("RGB")


def _flat_deep(image: Image.Image) -> Image.Image:
    """Grey of sixteen bits: converted as it is, all that is not nearly black would be white."""
    deep, clear = image.convert("I"), image.info.get("transparency")
    grey = deep.point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if not isinstance(clear, int):
        return grey
    flat = Image.new("RGB", image.size, "white")
    # What is lighter than the transparent grey, and what is darker.
    for sign in (255, -255):
        mask = deep.point(lambda value, sign=sign: value * sign - sign * clear).convert("L")
        flat.paste(grey, mask=mask)
    return flat


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[2:]))
