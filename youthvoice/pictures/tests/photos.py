"""Pictures as telephones send them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

_ORIENTATION, _MODEL, _GPS = 0x0112, 0x0110, 0x8825


def photo(size=(64, 48), *, orientation=None, gps=False, mode="RGB", colour=(200, 30, 30)):
    """A JPEG file; with `gps` it tells the maker's telephone and where they stood."""
    image = Image.new(mode, size, colour)
    exif = Image.Exif()
    if orientation:
        exif[_ORIENTATION] = orientation
    if gps:
        exif[_MODEL] = "Pixel of Xiao Wang"
        exif[_GPS] = {1: "N", 2: (34.0, 45.0, 12.5), 3: "E", 4: (113.0, 39.0, 1.5)}
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, quality=95)
    out.seek(0)
    return out


def png(size=(20, 10), *, mode="RGBA", colour=(0, 0, 0, 0), **options):
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, "PNG", **options)
    out.seek(0)
    return out


def upload(name="photo.jpg", content=None):
    """As a browser sends it."""
    return SimpleUploadedFile(
        name, photo().getvalue() if content is None else content, content_type="image/jpeg"
    )
