"""What it costs to count who reads: `.venv/bin/python bench/readers.py`.

Five thousand readers with cookies and telephones of their own are given a kept page each, as the
page cache gives it: microseconds of processor time of giving (in the loop) and of finding out who
that was (in the thread of the reads), beside Django's signer, which takes the cookie apart.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

READERS = 5000
_AGENT = (
    "Mozilla/5.0 (Linux; Android 13; M{:04}) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"
)


def each(work: Callable[[], None]) -> float:
    """Microseconds of processor time for each reader."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) / READERS * 1e6


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="youthvoice-bench-") as data:
        os.environ |= {"YOUTHVOICE_DATA": data, "DJANGO_SETTINGS_MODULE": "config.settings_test"}
        import django

        django.setup()
        from django.core import signing

        from youthvoice.kit import clock
        from youthvoice.reads.actions import Recorder
        from youthvoice.reads.choices import Audience
        from youthvoice.reads.entrance import Readers
        from youthvoice.reads.visitors import COOKIE, new_cookie

        entrance = sys.modules[Readers.__module__]
        recorder = Recorder()
        # Nothing is looked at before it is told.
        recorder._wake.set()
        entrance.recorder = recorder
        earlier = clock.now() - timedelta(hours=2)
        cookies = [new_cookie("", Audience.PUBLIC, at=earlier) for _ in range(READERS)]
        heads = [
            {
                b"cookie": f"{COOKIE}={cookies[n]}".encode(),
                b"user-agent": _AGENT.format(n).encode(),
                b"x-forwarded-for": f"10.{n // 250}.{n % 250}.1".encode(),
            }
            for n in range(READERS)
        ]
        visitors, signer = Readers(told_apart="none"), signing.Signer(salt="youthvoice.reads")

        def give() -> None:
            for head in heads:
                visitors.saw(("q.1",), head, "127.0.0.1")

        def unsign() -> None:
            for one in cookies:
                signer.unsign(one)

        giving, looking, signers = each(give), each(recorder.gather), each(unsign)
    print(f"given {giving:.1f} us, looked at {looking:.1f} us a reader;", end=" ")
    print(f"Django's signer alone {signers:.1f} us (1 : {looking / signers:.1f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
