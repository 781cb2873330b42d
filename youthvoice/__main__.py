"""`python -m youthvoice` is the command `youthvoice`."""

import sys

from youthvoice.cli import main

sys.exit(main(sys.argv[1:]))
