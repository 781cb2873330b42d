"""One process that the supervisor keeps: start, notice the end, stop for certain."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

from youthvoice.supervisor import pulse
from youthvoice.supervisor.lifeline import lifeline
from youthvoice.supervisor.say import log

#: Seconds before the first restart, doubled for each that follows at once, and the most.
FIRST_WAIT = 0.5
LONGEST_WAIT = 30.0
#: A process that lived so many seconds was well: the next wait is the first one again.
WELL_AFTER = 60.0


def python(*words: str) -> list[str]:
    """The command line that runs Python as we are run (-P: not from the current folder)."""
    return [sys.executable, "-P", *words]


class Child:
    """A process in a session of its own, so that a Ctrl-C in the terminal reaches only the
    supervisor, and all that the process has started can be killed with it."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        environ: Mapping[str, str],
        grace: float,
        beats: bool = False,
    ) -> None:
        """`grace`: seconds to end by itself once asked to stop. `beats`: whether its heart is
        listened to (pulse.py)."""
        self.name = name
        self.command = list(command)
        self.environ = dict(environ)
        self.grace = grace
        self.beats = beats
        self.wait = FIRST_WAIT
        self.due: float | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._pulse: pulse.Pulse | None = None
        self._born = 0.0

    @property
    def pid(self) -> int | None:
        """The pid while it runs, None before, after and between."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        self.due = None
        self._born = time.monotonic()
        environ, pipes = self.environ, []
        if self.beats:
            self._pulse = pulse.Pulse()
            pipes = [self._pulse.theirs]
            environ = environ | {pulse.VARIABLE: str(self._pulse.theirs)}
        self._process = subprocess.Popen(
            self.command,
            env=environ,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=pipes,
            # Safe, for the supervisor has one thread only.
            preexec_fn=lifeline(),
        )
        log("process.started", process=self.name, pid=self._process.pid)

    def ended(self) -> int | None:
        """The exit status, once, when the process has ended since it was last asked."""
        if self._process is None:
            return None
        status = self._process.poll()
        if status is not None:
            self._bury(self._process)
        return status

    def hung(self) -> int | None:
        """The pid of what runs its Python no more, be it the process or one that it has forked;
        0 where none ever began to."""
        return self._pulse.hung() if self._pulse else None

    def restart_later(self, status: int) -> None:
        """Note when to start again: the wait doubles as long as it keeps dying early."""
        now = time.monotonic()
        if now - self._born >= WELL_AFTER:
            self.wait = FIRST_WAIT
        self.due = now + self.wait
        log(
            "process.died",
            level="error",
            process=self.name,
            status=status,
            restart_in_seconds=self.wait,
        )
        self.wait = min(self.wait * 2, LONGEST_WAIT)

    def ask_to_stop(self) -> None:
        if self._process:
            # To the leader only: it ends its own workers in its own order.
            self._process.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it and everything that it started, now."""
        if self._process:
            log("process.killed", level="warning", process=self.name, pid=self._process.pid)
            self._process.kill()
            self._process.wait()
            self._bury(self._process)

    def _bury(self, dead: subprocess.Popen[bytes]) -> None:
        self._kill_rest(dead.pid)
        self._process = None
        if self._pulse:
            self._pulse.close()
            self._pulse = None

    @staticmethod
    def _kill_rest(group: int) -> None:
        """Kill what is left of the group of a dead leader, and reap it (`adopt_orphans`)."""
        # macOS answers EPERM for a group of which only zombies are left.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
        with suppress(ChildProcessError):
            while True:
                os.waitpid(-group, 0)
