"""Makes an operator of each name: `python -m tests.browser.operators NAME…`.

One process for all of them, since each loads Django.
"""

import sys
from collections.abc import Sequence


def main(names: Sequence[str]) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    for name in names:
        call_command("create_operator", name, verbosity=0)


if __name__ == "__main__":
    main(sys.argv[1:])
