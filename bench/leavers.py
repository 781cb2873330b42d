"""A thousand people leave: `.venv/bin/python bench/leavers.py [HOW MANY]`.

In a fresh SQLite file; fails when a string of theirs is found in a row or a byte afterwards,
or a number is wrong, and prints how long erasing took.
"""

import os
import sys
import tempfile


def main(many: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    os.environ.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory(prefix="youthvoice-bench-") as folder:
        os.environ["YOUTHVOICE_DATA"] = folder
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        from tests.factories import build_house
        from youthvoice.yours.tests.leavers import leave_and_look

        seconds = leave_and_look(build_house(), many)
        print(f"erased {many} people in {seconds:.1f} s, and found nothing of theirs")
        connection.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
