"""What the child process costs: `.venv/bin/python bench/pictures.py`.

Draws the same pictures in this process and by `draw_all`, with limits, in a child, and
prints the medians and their ratio, for one picture a form and for nine.
"""

import io
import os
import statistics
import tempfile
import time
from collections.abc import Callable

from PIL import Image

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
ROUNDS = 5


def photo(width: int, height: int) -> bytes:
    """A JPEG with as much detail as a telephone's."""
    noise = Image.effect_noise((width // 8, height // 8), 60).resize((width, height))
    out = io.BytesIO()
    noise.convert("RGB").save(out, "JPEG", quality=90)
    return out.getvalue()


def median(work: Callable[[], object]) -> float:
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return statistics.median(took)


def main() -> None:
    import django

    django.setup()
    from django.conf import settings

    from youthvoice.pictures import actions, child, drawing

    order = drawing.Order(
        short=settings.PICTURE_SHORT,
        area=settings.PICTURE_AREA,
        thumb_side=settings.PICTURE_THUMB_SIDE,
        pixels_most=settings.PICTURE_PIXELS_MOST,
        memory=child.MEMORY_MOST,
        seconds=2,
    )
    print(f"{'picture':<14}{'a form':>7}{'here':>9}{'child':>9}{'ratio':>7}")
    with tempfile.TemporaryDirectory() as store:
        settings.MEDIA_ROOT = store
        for width, height in (
            (64, 48),
            (1600, 1200),
            (4000, 3000),
            (8000, 6000),
            (1080, 12000),
            (1080, 40000),
        ):
            sent = photo(width, height)
            for many in (1, 9):
                here = median(lambda sent=sent: drawing.answer(sent, order)) * many
                apart = median(
                    lambda sent=sent, many=many: actions.draw_all(
                        [io.BytesIO(sent) for _ in range(many)]
                    )
                )
                row = f"{f'{width}x{height}':<14}{many:>7}{here * 1000:>6.0f} ms"
                print(f"{row}{apart * 1000:>6.0f} ms{apart / here:>7.2f}")


if __name__ == "__main__":
    main()
