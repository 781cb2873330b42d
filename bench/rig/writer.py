"""One of several processes that write to one house; a program for bench/writes.py.

python -m bench.rig.writer FOLDER SECONDS RATE NUMBER QUESTION…

Says that it is ready, waits for a line, comments on these questions in turn, RATE a second
(0: as fast as it can), and prints the milliseconds that each waited for its turn and for all.
"""

import json
import random
import secrets
import sys
import time
from pathlib import Path
from typing import Any


def main(data: str, seconds: float, rate: float, number: int, questions: list[int]) -> None:
    from bench.rig.house import set_up_beside

    set_up_beside(Path(data))
    from django.db import connection

    from youthvoice.kit import clock
    from youthvoice.people.models import User
    from youthvoice.questions import actions
    from youthvoice.questions.models import Question
    from youthvoice.questions.policy import Viewer

    people = list(User.objects.filter(username__startswith="bench")[number * 100 :][:100])
    found = list(Question.objects.filter(pk__in=questions, deleted_at=None, is_nameless=False))
    waits = _watch(connection)
    dice, times = random.Random(number), []
    print("ready", flush=True)
    sys.stdin.readline()
    worked = time.process_time()
    end = due = time.monotonic()
    end += seconds
    n = 0
    while time.monotonic() < end:
        if rate:
            due += dice.expovariate(rate)
            time.sleep(max(0.0, due - time.monotonic()))
        person, question = people[n % 100], found[n % len(found)]
        begun = time.monotonic()
        actions.comment(
            question=question,
            answer=None,
            text=f"同问，等回复。{secrets.token_hex(4)}",
            by=Viewer(person),
            at=clock.now(),
        )
        times.append((time.monotonic() - begun) * 1000)
        n += 1
    print(json.dumps({"waits": waits, "times": times, "worked": time.process_time() - worked}))


def _watch(connection: Any) -> list[float]:
    """How long each transaction waits until it has begun: for its turn, wherever it stands."""
    waits: list[float] = []
    begin = connection._start_transaction_under_autocommit

    def timed() -> None:
        begun = time.monotonic()
        begin()
        waits.append((time.monotonic() - begun) * 1000)

    if connection.vendor == "sqlite":
        connection._start_transaction_under_autocommit = timed
    return waits


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]),
         [int(word) for word in sys.argv[5:]])  # fmt: skip
