"""How tests are dealt out to the processes of a run, and in which order."""

import sys

import pytest
from xdist.scheduler import LoadGroupScheduling


class ByFile(LoadGroupScheduling):
    """A file's tests go to one process: what they share is made once, and lines that they run
    are counted once."""

    def _split_scope(self, nodeid: str) -> str:
        return super()._split_scope(nodeid).split("::", 1)[0]


def when(item: pytest.Item) -> int:
    """Groups first, then the largest files: at the end no process waits for another's long one."""
    has_group = item.get_closest_marker("xdist_group") is not None
    return -sys.maxsize if has_group else -item.path.stat().st_size
