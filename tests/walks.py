"""How far a test walks: the suite takes a sample of the steps, `bench/walks.py` takes them all.

The sample is what surely finds the faults that the test is there for; each says which.
"""

import os
import sys
from typing import Any


def far(sample: int, whole: int) -> int:
    return whole if os.environ.get("WHOLE_WALKS") else sample


def tell(capsys: Any, line: str) -> None:
    """Where all of it is walked, what it took stands in the output."""
    if os.environ.get("WHOLE_WALKS"):
        with capsys.disabled():
            sys.stdout.write(f"\n{line}\n")
