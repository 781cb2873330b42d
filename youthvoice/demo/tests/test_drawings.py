"""The demo's pictures are drawn by the house itself, each the same every time."""

import io

import pytest
from PIL import Image

from youthvoice.demo import drawings
from youthvoice.demo.actions import _read
from youthvoice.questions.choices import Field


def names():
    rows = [row for code in Field.values for row in _read(f"questions-{code}.json")]
    return sorted({name for row in rows for name in row.get("pictures", [])})


@pytest.mark.parametrize("name", names())
def test_each_picture_of_the_content_can_be_drawn(name):
    first = drawings.draw(name, width=320)

    image = Image.open(io.BytesIO(first))
    assert image.width == 320
    assert len(image.convert("RGB").getcolors(maxcolors=1_000_000)) > 16
    assert drawings.draw(name, width=320) == first
