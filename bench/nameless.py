"""The whole crowd: `.venv/bin/python bench/nameless.py [10000 [20]]`.

So many nameless questions by one known person for each ten of them; prints what the audit
finds, and how often a guesser names the asker among ten, from the pages and from a copy of the
database. Then so many groups of ten who each ask once with their name and once without, through
real pages: how often the asker is named from a copy with its log of writes and without keys, with
the interval of 95 %; on SQLite, and on PostgreSQL too where DATABASE_URL names a server. The tests
do the same with fewer.
"""

import os
import subprocess
import sys

_CROWD = ("tests/namelessness/test_crowd.py", "-k", "leads_to_an_asker or by_chance")
_COPY = ("tests/namelessness/test_copy.py",)


def main() -> int:
    given = dict(enumerate(sys.argv[1:]))
    many, groups = int(given.get(0, 10_000)), int(given.get(1, 20))
    told = {"NAMELESS_POSTS": str(many), "NAMELESS_GROUPS": str(groups)}
    address = os.environ.get("DATABASE_URL")
    runs = [(_CROWD, ""), (_COPY, ""), *([(_COPY, address)] if address else [])]
    return max(_run(what, told | {"DATABASE_URL": where or ""}) for what, where in runs)


def _run(what: tuple[str, ...], told: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-s", "--durations=0", *what]
    environ = os.environ | {"WHOLE_WALKS": "1"} | told
    return subprocess.run(command, env=environ, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
