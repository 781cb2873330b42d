"""What words cost that nobody writes: `.venv/bin/python bench/readings.py`.

Feeds everything that reads words (tests/readings/readers.py) the shapes of tests/readings/shapes.py
at full length, and sends each shape as a form. Prints the worst shape of each and its processor
time as a multiple of a plain form's, which is taken in the same run with the real hash of a
receipt; of a form, what it takes beyond a plain one. The bar is 1.
"""

import gc
import logging
import os
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))
PLAIN = 40
#: A reading that takes longer is looked at again: it may have been the machine.
AGAIN = 3


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    os.environ["YOUTHVOICE_DATA"] = tempfile.mkdtemp(prefix="youthvoice-bench-")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from config.settings import RECEIPT_HASH_COST

    settings.RECEIPT_HASH_COST = RECEIPT_HASH_COST
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    from tests.factories import lay_house
    from tests.readings.readers import readers
    from tests.readings.shapes import shapes
    from youthvoice.kit import clock
    from youthvoice.limits import choices
    from youthvoice.questions.choices import TEXT_MOST
    from youthvoice.safety.actions import load_safety
    from youthvoice.site.refusals import UNITS

    lay_house()
    load_safety(at=clock.now())
    fully = choices.LIMITS[choices.What.REFUSED]
    for what, limit in choices.LIMITS.items():
        choices.LIMITS[what] = choices.Limit(10**9, limit.within, limit.words)
    logging.disable(logging.CRITICAL)
    gc.disable()
    plain = statistics.median(seconds(send, PLAIN_TEXT) for _ in range(PLAIN))
    print(f"a plain form: {plain * 1000:.1f} ms of processor time")
    print(f"{'reader':<28}{'shapes':>7}{'times':>7}  worst shape")
    worst = 0.0
    for reader in readers():
        given = shapes(reader.most, many=None if reader.most <= TEXT_MOST else 200)
        most, name = dearest(reader.read, given)
        worst = max(worst, most / plain)
        print(f"{reader.name:<28}{len(given):>7}{most / plain:>7.2f}  {name}", flush=True)
    given = shapes(TEXT_MOST, many=200)
    # What is too long is not read, but comes back in the page.
    long = [(name, whole(text * 200)) for name, text in shapes(TEXT_MOST, many=50)]
    for choice, texts in (("as it is", given), ("mask", given), ("too long", long)):
        most, name = dearest(lambda text, choice=choice: send(text, personal=choice), texts)
        more = (most - plain) / plain
        worst = max(worst, more)
        said = f"a form, {choice}: beyond"
        print(f"{said:<28}{len(texts):>7}{more:>7.2f}  {name}", flush=True)
    refused = statistics.median(seconds(refuse, PLAIN_TEXT) for _ in range(PLAIN))
    many = round(fully.most / UNITS / refused)
    print(
        f"a form with a mistake: {refused * 1000:.1f} ms; a network may send {many} of them ",
        end="",
    )
    print(f"in {fully.within.total_seconds() / 60:.0f} minutes")
    print(f"worst {worst:.2f} (bar 1)")
    return int(worst > 1)


PLAIN_TEXT = "入职第二个月，工资还没有发，想问清楚该找谁。" * 10


def send(text: str, **more: Any) -> None:
    from django.test import Client

    form = {
        "kind": "help",
        "field": "work",
        "title": f"试用期工资怎么算 {secrets.token_hex(4)}",
        "text": text,
        "region": "410100",
        "name_choice": "nameless",
        "key": secrets.token_hex(16),
    }
    response = Client().post("/ask/", form | more)
    assert response.status_code in {200, 422}, response.status_code


def whole(text: str) -> str:
    """As much of a text as a request may hold, beside its other fields."""
    return text.encode()[:1_000_000].decode(errors="ignore")


def refuse(text: str) -> None:
    """Somebody forgot the title."""
    send(text, title="")


def seconds(read: Callable[..., Any], text: str) -> float:
    begun = time.process_time()
    read(text)
    return time.process_time() - begun


def dearest(read: Callable[..., Any], given: list[tuple[str, str]]) -> tuple[float, str]:
    """The most that a shape takes, and its name; the dearest few are measured again."""
    took = sorted(((seconds(read, text), name, text) for name, text in given), reverse=True)
    few = took[:10]
    return max(
        (min(once, *(seconds(read, text) for _ in range(AGAIN))), name) for once, name, text in few
    )


if __name__ == "__main__":
    sys.exit(main())
