"""No process outlives the one that started it, even when that one is killed outright."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """Become the parent of what our children leave behind, so that we can reap it.

    A container's first process often reaps nothing, and the dead would pile up. Linux only.
    """
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def lifeline() -> Callable[[], None]:
    """A function to call in a fresh child: from then on the parent's death ends the child.

    Linux only (prctl); elsewhere it does nothing. What must not happen between fork and
    exec (importing, allocating a library) happens here, before the fork.
    """
    if not sys.platform.startswith("linux"):
        return lambda: None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def hold() -> None:
        # SIGTERM and not SIGKILL: the child may still finish what it has accepted.
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:  # it died before we had asked
            os._exit(1)

    return hold
