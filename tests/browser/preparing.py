"""Makes the data folder of the demo house, as its first start would, in one process.

`python -m tests.browser.preparing NAME…` makes an operator of each name besides. The pictures
are small: drawing them in full size takes longer than all the rest, and no story looks at how
many pixels they have. The real start is that of tests/scripts/test_house.py.
"""

import sys
from collections.abc import Sequence
from unittest.mock import patch


def main(operators: Sequence[str]) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from youthvoice.demo import actions
    from youthvoice.supervisor import prepare

    with patch.object(actions, "_PICTURE_WIDTH", 320):
        status = prepare.main([])
    for name in operators:
        call_command("create_operator", name, verbosity=0)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
