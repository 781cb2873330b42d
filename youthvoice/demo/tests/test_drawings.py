"""The demo's pictures are drawn by the house itself, and kept as they are drawn."""

import io

from PIL import Image, ImageChops, ImageStat

from youthvoice.demo import drawings
from youthvoice.demo.actions import _read
from youthvoice.questions.choices import Field


def named():
    rows = [row for code in Field.values for row in _read(f"questions-{code}.json")]
    return {name for row in rows for name in row.get("pictures", [])}


def test_each_picture_of_the_content_is_kept_and_no_other():
    assert named() <= set(drawings.NAMES)
    assert {path.stem for path in drawings.KEPT.iterdir()} == set(drawings.NAMES)


def test_what_is_kept_is_what_would_be_drawn():
    for name in drawings.NAMES:
        kept = Image.open(drawings.kept(name)).convert("RGB")
        assert kept.size == (900, 600), name
        assert len(kept.getcolors(maxcolors=1_000_000)) > 16, name
        assert apart(kept, drawn(name)) < 2, name


def test_another_picture_is_told_apart():
    assert apart(Image.open(drawings.kept("kiln")).convert("RGB"), drawn("bus-stop")) > 10


def drawn(name):
    return Image.open(io.BytesIO(drawings.draw(name, width=300))).convert("RGB")


def apart(one, other):
    """By how many steps of 255 two pictures differ on the average, seen from afar."""
    small = [image.resize((30, 20), Image.Resampling.BOX) for image in (one, other)]
    return max(ImageStat.Stat(ImageChops.difference(*small)).mean)
