"""A house with pages that no house has: one hangs its process, one keeps a thread busy.

`python -m tests.scripts.hanging OPTIONS` serves it, as `./run OPTIONS` would serve a real one.
"""

import sys

from tests.scripts.house import House

#: Seconds of the processor that one request to /busy/ takes.
BUSY = 0.09


class HangingHouse(House):
    command = (sys.executable, "-P", "-m", "tests.scripts.hanging")

    def hung(self) -> int:
        """How many times its supervisor found a process hung."""
        return self.log().count('"process.hung"')

    def is_back(self, old: object) -> bool:
        """Whether it answers again, by another web process than `old`."""
        return self.child("web") not in {None, old} and self.get("/robots.txt") == 200
