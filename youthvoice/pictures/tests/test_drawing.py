"""Pictures are drawn anew: nothing of the sender's file is kept, and nothing odd gets in."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from PIL import Image

from youthvoice.pictures import actions, queries
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
    settings.PICTURE_SIDE, settings.PICTURE_THUMB_SIDE = 160, 40

    drawn = actions.draw(photo((400, 200)))

    assert (drawn.width, drawn.height) == (160, 80) == drawn_image(drawn).size
    assert (drawn.thumb_width, drawn.thumb_height) == (40, 20)
    assert drawn_image(drawn, "-s.jpg").size == (40, 20)


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


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_other_colours_are_drawn_too(mode):
    colour = (0, 0, 0, 0) if mode == "CMYK" else 255
    drawn = actions.draw(photo(mode=mode, colour=colour))

    assert near(drawn_image(drawn).getpixel((5, 5)), (255, 255, 255))


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
