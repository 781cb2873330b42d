"""The whole access matrix: `.venv/bin/python bench/access.py`. Some minutes.

Every role to every row of the table, every forgery to every address in every role, and each of
three staff without their second factor to every row. The tests send as many as are enough in
between (tests/access/sampling.py). Prints one line of what came of the walk, and how many checks
passed. On PostgreSQL with DATABASE_URL, as the tests.
"""

import os
import sys

import pytest


def main() -> int:
    os.environ["ACCESS"] = "whole"
    tests = "walked or table_says or anothers or secret_does or headers or forged or led_to_it"
    options = ["-q", "-k", tests, "--show-capture=no"]
    return int(pytest.main(["tests/access", *options]))


if __name__ == "__main__":
    sys.exit(main())
