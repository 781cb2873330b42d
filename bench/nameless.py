"""The whole crowd: `.venv/bin/python bench/nameless.py [10000]`.

So many nameless questions by one known person for each ten of them; prints what the audit
finds, and how often a guesser names the asker among ten, from the pages and from a copy of the
database. The tests do the same with fewer.
"""

import os
import sys

import pytest


def main() -> int:
    many = sys.argv[1] if len(sys.argv) > 1 else "10000"
    os.environ["NAMELESS_POSTS"] = str(int(many))
    return int(
        pytest.main(["tests/namelessness", "-q", "-s", "-k", "leads_to_an_asker or by_chance"])
    )


if __name__ == "__main__":
    sys.exit(main())
