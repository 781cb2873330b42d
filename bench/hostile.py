"""The whole run of hostile requests: `.venv/bin/python bench/hostile.py [50000]`.

Prints one line: how many were sent, what was answered, what failed, what was stored by halves.
On PostgreSQL with DATABASE_URL, as the tests.
"""

import os
import sys

import pytest


def main() -> int:
    many = sys.argv[1] if len(sys.argv) > 1 else "50000"
    os.environ["HOSTILE_POSTS"] = str(int(many))
    options = ["-q", "-k", "nothing_fails", "--show-capture=no"]
    return int(pytest.main(["tests/hostile", *options]))


if __name__ == "__main__":
    sys.exit(main())
