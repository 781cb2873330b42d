"""What overwriting deleted rows costs: `.venv/bin/python bench/erasing.py`.

Asks, edits and answers in a fresh SQLite file with `secure_delete` off and on, in turns, and
prints the median of each and their ratio; and the same for taking everything back.
"""

import os
import statistics
import tempfile
import time

ROUNDS = 5
MANY = 60


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    os.environ["YOUTHVOICE_DATA"] = tempfile.mkdtemp(prefix="youthvoice-bench-")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    from tests.factories import MONDAY, PersonFactory, answer, ask, asker_of, lay_house
    from youthvoice.questions import actions

    lay_house()
    by, other = PersonFactory.create(), PersonFactory.create()

    def write() -> None:
        for number in range(MANY):
            question = ask(by=by, text="改之前。" * 100)
            actions.edit_question(
                question=question,
                title=question.title,
                text=f"{number}" * 300,
                by=asker_of(question),
                at=MONDAY,
            )
            answer(question, by=other)

    def erase() -> None:
        from youthvoice.kit.holdings import Leaver

        actions.erase_people([Leaver(by.pk, answers_too=True)], at=MONDAY)

    took: dict[tuple[str, str], list[float]] = {}
    for _ in range(ROUNDS):
        for mode in ("OFF", "ON"):
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA secure_delete={mode}")
            for name, work in (("write", write), ("erase", erase)):
                begun = time.perf_counter()
                work()
                took.setdefault((name, mode), []).append(time.perf_counter() - begun)
    print(f"{'work':<8}{'off':>10}{'on':>10}{'ratio':>8}")
    for name in ("write", "erase"):
        off, on = (statistics.median(took[name, mode]) for mode in ("OFF", "ON"))
        print(f"{name:<8}{off * 1000:>7.0f} ms{on * 1000:>7.0f} ms{on / off:>8.2f}")


if __name__ == "__main__":
    main()
