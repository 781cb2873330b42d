"""All attacks: `.venv/bin/python bench/attacks.py [1000]`.

So many in each field that is shown, on real pages in a real browser; a failure names what ran.
The tests do the same with fewer.
"""

import os
import sys

import pytest


def main() -> int:
    many = sys.argv[1] if len(sys.argv) > 1 else "1000"
    os.environ["XSS_ATTACKS"] = str(int(many))
    return int(pytest.main(["tests/browser/test_xss.py", "-q"]))


if __name__ == "__main__":
    sys.exit(main())
