"""Makes the data folder of the demo house, as its first start would, in one process.

`python -m tests.browser.preparing NAME…` makes an operator of each name besides. What costs
much and shows nothing in a browser is less here: of the taps on "useful" and "follow" there
are two at each place. The whole demo is loaded by youthvoice/demo/tests, and by the first start
in tests/scripts/test_house.py.
"""

import sys
from collections.abc import Sequence
from typing import Any
from unittest.mock import patch

TAPS = 2


def main(operators: Sequence[str]) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from youthvoice.demo import actions
    from youthvoice.supervisor import prepare

    read = actions._read
    with patch.object(actions, "_read", lambda name: with_fewer_taps(read(name))):
        status = prepare.main([])
    for name in operators:
        call_command("create_operator", name, verbosity=0)
    return status


def with_fewer_taps(rows: Any) -> Any:
    if isinstance(rows, dict):
        for name in ("useful_by", "follows"):
            if name in rows:
                rows[name] = rows[name][:TAPS]
        for answer in rows.get("answers", []):
            with_fewer_taps(answer)
    elif isinstance(rows, list):
        for row in rows:
            with_fewer_taps(row)
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
