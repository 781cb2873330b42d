"""Whether a process still runs its Python: its heart beats into a pipe, the supervisor listens.

A request would not tell. Where all threads are taken it waits its turn, and the house is well.
The heart is a thread that needs nothing but the interpreter, which CPython hands on every few
milliseconds however many threads want it; unless one call into C keeps it, such as a pattern of
`re` that never ends. Then no thread of that process does anything any more.
"""

import os
import struct
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

#: Where a child finds the number of its end of the pipe.
VARIABLE = "YOUTHVOICE_PULSE"
#: Seconds between two beats, and between two looks for them.
BEAT, LOOK = 0.5, 1.0
#: Looks in vain after which a process is hung, and after which one that never began is.
SILENT_MOST, UNBORN_MOST = 6, 60
#: Seconds of the processor that a process which wants it must have had since its last beat:
#: the interpreter goes round twenty times among eight threads in it.
FAIR = 1.0

_PID = struct.Struct("=I")


def beat() -> None:
    """Let this process's heart beat, if somebody listens."""
    given = os.environ.get(VARIABLE)
    if given:
        threading.Thread(target=_live, args=(int(given),), name="heart", daemon=True).start()


def _live(pipe: int) -> None:
    mine = _PID.pack(os.getpid())
    with suppress(OSError):  # nobody listens any more
        while True:
            with suppress(BlockingIOError):  # or nobody for hours
                os.write(pipe, mine)
            time.sleep(BEAT)


@dataclass
class _Heart:
    """One process: looks since its last beat, and what it had spent by then."""

    silent: int
    spent: float


class Pulse:
    """What the supervisor hears of one child and of the processes that it has forked.

    Silence is counted in our own looks, not in time: while we are stopped, or the machine
    sleeps, we don't look. And who waits for the processor and doesn't get it is not hung.
    """

    def __init__(self) -> None:
        #: `theirs` is for the child to inherit.
        self._ours, self.theirs = os.pipe()
        os.set_blocking(self._ours, False)
        os.set_blocking(self.theirs, False)
        self._hearts: dict[int, _Heart] = {}
        self._unborn = 0
        self._looked = time.monotonic()

    def close(self) -> None:
        os.close(self._ours)
        os.close(self.theirs)

    def hung(self) -> int | None:
        """Look, if it is time to: the pid of a process that has been silent for too long, 0 for
        one whose heart never began, None if all is well."""
        if time.monotonic() - self._looked < LOOK:
            return None
        self._looked = time.monotonic()
        for heart in self._hearts.values():
            heart.silent += 1
        for pid in self._listen():
            self._hearts[pid] = _Heart(silent=0, spent=_spent(pid))
        if not self._hearts:
            self._unborn += 1
            return 0 if self._unborn >= UNBORN_MOST else None
        silent = (pid for pid, heart in self._hearts.items() if heart.silent >= SILENT_MOST)
        return next((pid for pid in silent if not self._is_starved(pid)), None)

    def _listen(self) -> set[int]:
        heard: set[int] = set()
        with suppress(BlockingIOError):
            # What is shorter than a page is written whole, and so it is read.
            while beats := os.read(self._ours, 4096 * _PID.size):
                heard |= {pid for (pid,) in _PID.iter_unpack(beats)}
        return heard

    def _is_starved(self, pid: int) -> bool:
        return _spent(pid) - self._hearts[pid].spent < FAIR and _waits(pid)


def _spent(pid: int) -> float:
    """Seconds of the processor that a process has had; 0 where the system doesn't tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    user, system = fields.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _waits(pid: int) -> bool:
    """Whether any thread of a process waits for the processor or the disk (Linux)."""
    for stat in Path(f"/proc/{pid}/task").glob("*/stat"):
        with suppress(OSError):
            fields = stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2]
            if fields.split()[0] in "RD":
                return True
    return False
