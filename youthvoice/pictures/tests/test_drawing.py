"""Pictures are drawn anew: nothing of the sender's file is kept, and nothing odd gets in."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from PIL import Image, ImageChops

from youthvoice.pictures import actions, drawing, queries
from youthvoice.pictures.tests.photos import photo, png

pytestmark = pytest.mark.usefixtures("store")


def content_of(name):
    with default_storage.open(queries.path_of(name)) as file:
        return file.read()


def drawn_image(drawn, end=".jpg"):
    return Image.open(io.BytesIO(content_of(f"{drawn.name}{end}")))


def near(pixel, colour):
    return all(abs(a - b) < 12 for a, b in zip(pixel, colour, strict=True))


def test_what_the_file_tells_of_its_maker_is_gone():
    sent = photo(gps=True)
    assert Image.open(sent).getexif()

    drawn = actions.draw(photo(gps=True))

    for end in (".jpg", "-s.jpg"):
        image = drawn_image(drawn, end)
        assert (image.format, dict(image.getexif()), image.info.get("exif")) == ("JPEG", {}, None)
        content = content_of(f"{drawn.name}{end}")
        assert b"Xiao Wang" in sent.getvalue()
        assert b"Xiao Wang" not in content
        assert b"Exif" not in content


def test_a_comment_in_a_file_is_gone():
    drawn = actions.draw(png(mode="RGB", colour=(9, 9, 9)))
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", comment=b"taken by Wang", icc_profile=b"icc" * 50)
    out.seek(0)
    with_comment = actions.draw(out)

    for found in (drawn, with_comment):
        assert set(drawn_image(found).info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (64, 48)), (3, (64, 48)), (6, (48, 64)), (8, (48, 64))]
)
def test_a_picture_stands_upright(orientation, size):
    drawn = actions.draw(photo((64, 48), orientation=orientation))

    assert (drawn.width, drawn.height) == size == drawn_image(drawn).size


def test_turning_takes_the_pixels_along():
    image = Image.new("RGB", (40, 40), "white")
    image.paste((0, 0, 255), (0, 0, 40, 20))
    exif = Image.Exif()
    exif[0x0112] = 3
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, quality=95)
    out.seek(0)

    found = drawn_image(actions.draw(out))
    assert near(found.getpixel((20, 32)), (0, 0, 255))
    assert near(found.getpixel((20, 8)), (255, 255, 255))


def test_a_large_picture_is_shrunk_and_keeps_its_shape(settings):
    settings.PICTURE_SHORT, settings.PICTURE_THUMB_SIDE = 80, 40

    drawn = actions.draw(photo((400, 200)))

    assert (drawn.width, drawn.height) == (160, 80) == drawn_image(drawn).size
    assert (drawn.thumb_width, drawn.thumb_height) == (40, 20)
    assert drawn_image(drawn, "-s.jpg").size == (40, 20)


#: What is sent, what is kept of it, and how many pixels wide a line of words of a telephone's
#: screen then is, which is 1,080 wide.
SIZES = [
    ((1080, 2400), (1080, 2400)),
    ((1080, 4000), (1080, 4000)),
    ((1080, 12_000), (671, 7454)),
    ((1080, 20_000), (520, 9623)),
    ((1080, 40_000), (367, 13_608)),
    ((12_000, 1080), (7454, 671)),
    # Photos.
    ((4000, 3000), (1920, 1440)),
    ((3000, 3000), (1440, 1440)),
    ((8000, 6000), (1920, 1440)),
    ((640, 480), (640, 480)),
    # What nobody reads anyway, within what a JPEG can be and a browser draws.
    ((1, 50_000_000), (1, 20_000)),
    ((300, 100_000), (60, 20_000)),
    ((1, 1), (1, 1)),
]


@pytest.mark.parametrize(("sent", "kept"), SIZES)
def test_a_long_picture_stays_as_wide_as_it_can_be_read(settings, sent, kept):
    short, area = settings.PICTURE_SHORT, settings.PICTURE_AREA

    found = drawing.fitted(sent, short=short, area=area)

    assert found == kept
    assert min(found) <= short
    assert found[0] * found[1] < 1.01 * area


def test_the_words_of_a_long_screenshot_can_be_read(settings):
    """Strokes two pixels wide, of a screen a fifth as wide as a telephone's."""
    settings.PICTURE_SHORT, settings.PICTURE_AREA, settings.PICTURE_THUMB_SIDE = 288, 200_000, 96
    image = Image.new("L", (216, 2400), "white")
    image.paste(0, (0, 1200, 216, 1202))
    out = io.BytesIO()
    image.save(out, "PNG")
    out.seek(0)

    drawn = actions.draw(out)

    assert (drawn.width, drawn.height) == (134, 1491)
    column = drawn_image(drawn).convert("L").crop((60, 700, 61, 790)).tobytes()
    assert min(column) < 100
    assert max(column) > 245
    # And the small one shows how it begins, not a sliver.
    assert (drawn.thumb_width, drawn.thumb_height) == (48, 96)


def test_what_is_shrunk_in_bands_has_no_seams():
    noise = Image.effect_noise((120, 3000), 90).convert("RGB")

    found = drawing._shrunk(noise, (90, 2250))

    whole = noise.resize((90, 2250), Image.Resampling.LANCZOS, reducing_gap=2.0)
    assert max(high for _low, high in ImageChops.difference(found, whole).getextrema()) <= 2


def test_a_small_picture_is_not_blown_up():
    drawn = actions.draw(photo((64, 48)))

    assert (drawn.width, drawn.height, drawn.thumb_width) == (64, 48, 64)


def test_transparent_places_become_white():
    assert near(drawn_image(actions.draw(png())).getpixel((5, 5)), (255, 255, 255))
    grey = png(mode="LA", colour=(0, 0))
    assert near(drawn_image(actions.draw(grey)).getpixel((5, 5)), (255, 255, 255))
    palette = png(mode="P", colour=0, transparency=0)
    assert near(drawn_image(actions.draw(palette)).getpixel((5, 5)), (255, 255, 255))


def moving(kind):
    frames = [Image.new("RGB", (16, 16), colour) for colour in ((255, 0, 0), (0, 0, 255))]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    out.seek(0)
    return out


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_moving_pictures_the_first_is_taken(kind):
    found = drawn_image(actions.draw(moving(kind)))

    assert (found.format, getattr(found, "n_frames", 1)) == ("JPEG", 1)
    assert near(found.getpixel((8, 8)), (255, 0, 0))


def chunk(kind, content):
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def raw_png(depth, colours, pixels, *, palette=b"", clear=b""):
    """A PNG of 8 × 8 pixels, of which a row is `pixels`; `clear` says what is transparent."""
    head = struct.pack(">IIBBBBB", 8, 8, depth, colours, 0, 0, 0)
    rows = zlib.compress((b"\0" + pixels) * 8)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", head),
            chunk(b"PLTE", palette) if palette else b"",
            chunk(b"tRNS", clear) if clear else b"",
            *(chunk(b"IDAT", rows), chunk(b"IEND", b"")),
        )
    )


def packed(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


GREY, RGB, PALETTE, GREY_ALPHA, RGB_ALPHA = 0, 2, 3, 4, 6
TWO_COLOURS = bytes((0, 0, 0, 32, 48, 64))
WHITE = (255, 255, 255)
#: Kinds of pixels: a file, and what it looks like on white.
MODES = {
    "grey of 16 bits": (raw_png(16, GREY, b"\x80\x00" * 8), (128, 128, 128)),
    "dark grey of 16 bits": (raw_png(16, GREY, b"\x20\x01" * 8), (32, 32, 32)),
    "white of 16 bits": (raw_png(16, GREY, b"\xff\xff" * 8), WHITE),
    "black of 16 bits": (raw_png(16, GREY, b"\x00\x00" * 8), (0, 0, 0)),
    "clear grey of 16 bits": (raw_png(16, GREY, b"\x20\x01" * 8, clear=b"\x20\x01"), WHITE),
    "not that grey": (raw_png(16, GREY, b"\x20\x00" * 8, clear=b"\x20\x01"), (32, 32, 32)),
    "half a grey": (raw_png(16, GREY_ALPHA, b"\x80\x00\x80\x00" * 8), (191, 191, 191)),
    "colours of 16 bits": (raw_png(16, RGB, b"\x80\x00\x20\x00\xf0\x00" * 8), (128, 32, 240)),
    "a clear colour of 16 bits": (
        raw_png(16, RGB, b"\x80\x00\x20\x00\xf0\x00" * 8, clear=b"\x80\x00\x20\x00\xf0\x00"),
        WHITE,
    ),
    "half colours of 16 bits": (
        raw_png(16, RGB_ALPHA, b"\x80\x00\x20\x00\xf0\x00\x80\x00" * 8),
        (191, 143, 247),
    ),
    "clear grey": (raw_png(8, GREY, b"\x20" * 8, clear=b"\x00\x20"), WHITE),
    "grey of 4 bits": (raw_png(4, GREY, b"\x88" * 4), (136, 136, 136)),
    "clear grey of 4 bits": (raw_png(4, GREY, b"\x88" * 4, clear=b"\x00\x08"), WHITE),
    "clear grey of 2 bits": (raw_png(2, GREY, b"\xaa" * 2, clear=b"\x00\x02"), WHITE),
    "1 bit": (raw_png(1, GREY, b"\x00"), (0, 0, 0)),
    "clear 1 bit": (raw_png(1, GREY, b"\x00", clear=b"\x00\x00"), WHITE),
    "a clear colour": (raw_png(8, RGB, b"\x20\x30\x40" * 8, clear=b"\0\x20\0\x30\0\x40"), WHITE),
    "a palette": (raw_png(8, PALETTE, b"\1" * 8, palette=TWO_COLOURS), (32, 48, 64)),
    "a half clear palette": (
        raw_png(8, PALETTE, b"\1" * 8, palette=TWO_COLOURS, clear=b"\xff\x80"),
        (143, 151, 159),
    ),
    "a clear palette of 2 bits": (
        raw_png(2, PALETTE, b"\x55" * 2, palette=TWO_COLOURS, clear=b"\xff\x00"),
        WHITE,
    ),
    "a clear GIF": (packed(Image.new("P", (8, 8), 3), "GIF", transparency=3), WHITE),
    "a clear WebP": (packed(Image.new("RGBA", (8, 8), (9, 9, 9, 0)), "WEBP", lossless=True), WHITE),
    "a printer's colours": (
        packed(Image.new("CMYK", (8, 8), (0, 128, 255, 0)), "JPEG"),
        (255, 127, 0),
    ),
    "nothing printed": (packed(Image.new("CMYK", (8, 8)), "JPEG"), WHITE),
    "a grey JPEG": (packed(Image.new("L", (8, 8), 200), "JPEG"), (200, 200, 200)),
}


@pytest.fixture
def all_modes():
    """All drawn by one child."""
    drawn = actions.draw_all([io.BytesIO(file) for file, _looks in MODES.values()])
    return dict(zip(MODES, drawn, strict=True))


def test_every_kind_of_pixels_looks_as_it_is(all_modes):
    found = {name: drawn_image(drawn).getpixel((4, 4)) for name, drawn in all_modes.items()}

    wrong = {name: (found[name], looks) for name, (_f, looks) in MODES.items()}
    assert {n: both for n, both in wrong.items() if not near(*both)} == {}


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_every_kind_of_file_is_turned_as_it_says(kind):
    exif = Image.Exif()
    exif[0x0112] = 6
    drawn = actions.draw(io.BytesIO(packed(Image.new("RGB", (24, 8)), kind, exif=exif)))

    assert (drawn.width, drawn.height) == (8, 24)


def damaged():
    """Files that are no pictures, or no longer."""
    whole = photo((200, 200), gps=True).getvalue()
    bmp = io.BytesIO()
    Image.new("RGB", (8, 8)).save(bmp, "BMP")
    return {
        "empty": b"",
        "a page": b"<html><script>alert(1)</script></html>",
        "a drawing with scripts": b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
        "cut off": whole[: len(whole) // 2],
        "only a head": whole[:60],
        "png cut off": png((300, 300)).getvalue()[:-40],
        "a kind we don't take": bmp.getvalue(),
        "gif head": b"GIF89a",
    }


@pytest.mark.parametrize("name", damaged())
def test_what_can_not_be_read_is_refused_with_a_sentence_and_leaves_no_file(name, stored):
    with pytest.raises(ValidationError) as refused:
        actions.draw(io.BytesIO(damaged()[name]))

    assert refused.value.code == "unreadable"
    assert "JPG" in refused.value.message
    assert stored() == set()


def test_what_a_damaged_file_tells_of_itself_stops_no_picture():
    whole = photo((8, 8), orientation=6, gps=True).getvalue()
    begin = whole.index(b"Exif")
    end = begin + int.from_bytes(whole[begin - 2 : begin], "big") - 2

    spoilt = []
    for place in range(begin, end):
        one = bytearray(whole)
        one[place] ^= 0x07
        spoilt.append(io.BytesIO(one))

    assert {(d.width, d.height) for d in actions.draw_all(spoilt)} == {(8, 8)}


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(settings):
    settings.PICTURE_PIXELS_MOST = 64 * 48 - 1

    with pytest.raises(ValidationError) as refused:
        actions.draw(photo((64, 48)))

    assert refused.value.code == "pixels"


def test_a_bomb_is_refused_by_its_size_alone():
    out = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    out.seek(0)

    with pytest.raises(ValidationError) as refused:
        actions.draw(out)
    assert refused.value.code in {"pixels", "unreadable"}


def test_files_are_removed_and_missing_ones_are_fine():
    drawn = actions.draw(photo())
    actions.remove_files([drawn.name, "0" * 32])

    assert not default_storage.exists(queries.path_of(f"{drawn.name}.jpg"))
    assert not default_storage.exists(queries.path_of(f"{drawn.name}-s.jpg"))


def test_names_are_secrets_that_tell_nothing():
    names = {actions.draw(png()).name for _ in range(5)}

    assert len(names) == 5
    assert all(queries.NAME.fullmatch(f"{name}.jpg") for name in names)
    assert all(queries.NAME.fullmatch(f"{name}-s.jpg") for name in names)
