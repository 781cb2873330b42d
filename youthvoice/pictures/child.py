"""The child that draws pictures, as its parent sees it: started, asked, and believed little.

What it does itself is in drawing.py.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import PIL
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from youthvoice.pictures import drawing

#: What one child may take: with its own 17 MB, less than 200 MB.
MEMORY_MOST = 180 * 1024 * 1024
#: Seconds for one picture, by the clock; a telephone's photo takes a quarter of one.
SECONDS_MOST = 1.5
#: Seconds until the child is ready: that depends on the machine, not on the sender.
START_MOST = 20.0
#: No file that we draw is larger: 5,000,000 pixels of noise have 6 MB.
_RESULT_MOST = 16 * 1024 * 1024


class Made(NamedTuple):
    sizes: tuple[int, int, int, int]
    full: bytes
    small: bytes


class UnableToStart(RuntimeError):
    """No child came up: the house is ill, not the picture."""


class _Gone(Exception):
    """The child has ended in the middle of its work, or says what can't be."""


@contextmanager
def ready() -> Iterator["subprocess.Popen[bytes]"]:
    """A drawing process that is ready; it does not outlive the block."""
    order = drawing.Order(
        short=settings.PICTURE_SHORT,
        area=settings.PICTURE_AREA,
        thumb_side=settings.PICTURE_THUMB_SIDE,
        pixels_most=settings.PICTURE_PIXELS_MOST,
        memory=MEMORY_MOST,
        seconds=round(SECONDS_MOST),
    )
    child = subprocess.Popen(
        # Isolated and without `site`: it imports Pillow and nothing else of ours or others.
        [
            *(sys.executable, "-I", "-S", drawing.__file__),
            *(str(Path(PIL.__file__).parents[1]), *map(str, order)),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # The address of the database and the like are none of its business.
        env={name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ},
    )
    try:
        with _patience(child, START_MOST):
            said = child.stdout.read(1) if child.stdout else b""
        if said != drawing.READY:
            raise UnableToStart("the child that draws pictures did not start")
        yield child
    finally:
        child.kill()
        for pipe in (child.stdin, child.stdout):
            with suppress(OSError):  # what it has not read is lost with it
                pipe and pipe.close()
        child.wait()


def asked(child: "subprocess.Popen[bytes]", content: bytes) -> Made:
    """What it makes of a file. Raises ValidationError with a sentence."""
    try:
        with _patience(child, SECONDS_MOST):
            return _answer(child, content)
    except (_Gone, OSError):
        # Out of time or crashed. Most such files are huge ones.
        raise _too_large() from None


def _answer(child: "subprocess.Popen[bytes]", content: bytes) -> Made:
    assert child.stdin is not None  # noqa: S101 - it was started with a pipe
    child.stdin.write(drawing.LENGTH.pack(len(content)))
    child.stdin.write(content)
    child.stdin.flush()
    said = _read(child, 1)
    if said == drawing.TOO_LARGE:
        raise _too_large()
    if said != drawing.DRAWN:
        raise _unreadable()
    *sizes, full, small = drawing.HEAD.unpack(_read(child, drawing.HEAD.size))
    if max(full, small) > _RESULT_MOST or not all(0 < s <= drawing.LONG_MOST for s in sizes):
        raise _Gone
    width, height, thumb_width, thumb_height = sizes
    if width * height > 1.1 * settings.PICTURE_AREA:  # sides are rounded
        raise _Gone
    made = Made((width, height, thumb_width, thumb_height), _read(child, full), _read(child, small))
    if not (made.full.startswith(b"\xff\xd8\xff") and made.small.startswith(b"\xff\xd8\xff")):
        raise _Gone
    return made


def _read(child: "subprocess.Popen[bytes]", size: int) -> bytes:
    assert child.stdout is not None  # noqa: S101 - it was started with a pipe
    found = child.stdout.read(size)
    if len(found) < size:
        raise _Gone
    return found


@contextmanager
def _patience(child: "subprocess.Popen[bytes]", seconds: float) -> Iterator[None]:
    """Kill the child after so many seconds, which ends every wait for it."""
    watch = threading.Timer(seconds, child.kill)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _unreadable() -> ValidationError:
    return ValidationError(
        _("这个文件不是能读的图片，请换成 JPG、PNG、WebP 或 GIF。"), code="unreadable"
    )


def _too_large() -> ValidationError:
    return ValidationError(_("这张图片太大，请先缩小再传。"), code="pixels")
