"""Pictures are drawn anew: what was sent is never kept, nor what it says of its maker."""

import io
import re
import secrets
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
NAME = re.compile(r"[0-9a-f]{32}(-s)?\.jpg")
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


@dataclass(frozen=True)
class Drawn:
    """A picture in the store: <name>.jpg and the small <name>-s.jpg, sizes in pixels."""

    name: str
    width: int
    height: int
    thumb_width: int
    thumb_height: int


def path_of(file_name: str) -> str:
    """Where a file lies in the store; two hex digits spread the folders."""
    return f"pictures/{file_name[:2]}/{file_name}"


def draw(sent: BinaryIO) -> Drawn:
    """Decode, turn upright, shrink and store a picture and its small one, without metadata.

    Longest sides: settings.PICTURE_SIDE and PICTURE_THUMB_SIDE. Transparent places become
    white, of moving pictures the first is taken. Raises ValidationError with a sentence.
    """
    image = _open(sent)
    try:
        upright = _flat(_upright(image))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise _unreadable() from None
    name = secrets.token_hex(16)
    full = _shrunk(upright, settings.PICTURE_SIDE)
    small = _shrunk(upright, settings.PICTURE_THUMB_SIDE)
    _store(f"{name}.jpg", full)
    _store(f"{name}-s.jpg", small)
    return Drawn(name, full.width, full.height, small.width, small.height)


def _open(sent: BinaryIO) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # Size is checked just below, by our own limit.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(sent, formats=_FORMATS)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise _unreadable() from None
    if image.width * image.height > settings.PICTURE_PIXELS_MOST:
        raise ValidationError(_("这张图片太大，请先缩小再传。"), code="pixels")
    return image


def _unreadable() -> ValidationError:
    return ValidationError(
        _("这个文件不是能读的图片，请换成 JPG、PNG、WebP 或 GIF。"), code="unreadable"
    )


def _upright(image: Image.Image) -> Image.Image:
    # Not ImageOps.exif_transpose: it writes the EXIF anew, and fails where that is damaged.
    image.load()
    turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    return image if turn is None else image.transpose(turn)


def _flat(image: Image.Image) -> Image.Image:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layered = image.convert("RGBA")
        flat = Image.new("RGB", layered.size, "white")
        flat.paste(layered, mask=layered.getchannel("A"))
        return flat
    return image.convert("RGB")


def _shrunk(image: Image.Image, side: int) -> Image.Image:
    copy = image.copy()
    copy.thumbnail((side, side), Image.Resampling.LANCZOS)
    # A new image of the bare pixels: nothing of the sender's file comes along.
    bare = Image.new("RGB", copy.size)
    bare.paste(copy)
    return bare


def _store(file_name: str, image: Image.Image) -> None:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    default_storage.save(path_of(file_name), ContentFile(out.getvalue()))


def remove_files(names: Iterable[str]) -> None:
    """Take pictures out of the store; missing ones are fine."""
    for name in names:
        default_storage.delete(path_of(f"{name}.jpg"))
        default_storage.delete(path_of(f"{name}-s.jpg"))
