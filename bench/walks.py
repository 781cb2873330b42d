"""The whole of what the tests walk a sample of: `.venv/bin/python bench/walks.py [WHICH ...]`.

schedules: 10,000 random lives of a clock against the plain reference, and 200 of them through
the database; terms: 10,000 sums of working time; topics: 40 lives of topics, 60 acts each, with
their counters counted anew after every one; claims: 20 of the staff race for 200 cases; demo:
the page of each of its questions. Without WHICH all of them, some four minutes. Where there are
figures they are printed in a line; the exit status is 0 if nothing was wrong. With DATABASE_URL
on that PostgreSQL server.
"""

import os
import sys

import pytest

WALKS = {
    "schedules": ("youthvoice/cases/tests/test_schedules.py", "schedules"),
    "terms": ("youthvoice/workdays/tests/test_reckoning.py", "random_terms"),
    "topics": ("youthvoice/topics/tests/test_life.py", "any_acts"),
    "demo": ("youthvoice/demo/tests/loaded/test_demo_house.py", "pages_of_it"),
    "claims": ("youthvoice/cases/tests/test_racing.py", "of_twenty"),
}


def main() -> int:
    which = sys.argv[1:] or list(WALKS)
    if unknown := set(which) - set(WALKS):
        sys.exit(f"{' '.join(sorted(unknown))}? There are: {' '.join(WALKS)}")
    os.environ["WHOLE_WALKS"] = "1"
    files = [WALKS[name][0] for name in which]
    return int(pytest.main([*files, "-q", "-k", " or ".join(WALKS[name][1] for name in which)]))


if __name__ == "__main__":
    sys.exit(main())
