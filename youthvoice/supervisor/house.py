"""The loop of the supervisor: start all, restart what dies, stop in order."""

import os
import select
import signal
import time
from collections.abc import Callable, Sequence
from types import FrameType

from youthvoice.supervisor import pulse
from youthvoice.supervisor.child import Child
from youthvoice.supervisor.lifeline import adopt_orphans
from youthvoice.supervisor.say import Refusal, log

STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class House:
    """The children of one machine, in the order in which they are to stop.

    Everything happens in one thread. Signals only leave a byte in a pipe that the loop
    waits on: a handler that did more could interrupt the very work it wants to begin.
    """

    def __init__(self, children: Sequence[Child]) -> None:
        self.children = list(children)
        #: How many times somebody has asked us to stop; the second time means: at once.
        self.asked = 0
        adopt_orphans()
        self._read, self._write = os.pipe()
        os.set_blocking(self._read, False)
        os.set_blocking(self._write, False)
        signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        for number in STOPPING:
            # Under nohup the end of the terminal is not our end.
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._stop_asked)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)

    def close(self) -> None:
        """Give the pipe back; the signals are left as they are."""
        os.close(self._read)
        os.close(self._write)

    def _stop_asked(self, _number: int, _frame: FrameType | None) -> None:
        self.asked += 1

    def pause(self, seconds: float) -> None:
        """Wait so long, or until a signal (a child has ended, somebody asks to stop)."""
        if select.select([self._read], [], [], max(0.0, seconds))[0]:
            os.read(self._read, 4096)

    def finish(self, child: Child) -> int:
        """Run `child` to its end and return its exit status; a stop asked meanwhile ends it."""
        child.start()
        while (status := child.ended()) is None:
            if self.asked:
                self._stop_one(child)
                return 0
            self.pause(1)
        return status

    def start(self, answers: Callable[[], bool], *, within: float) -> bool:
        """Start the first child and, once `answers()`, the others; False when asked to stop.

        The others wait so that they don't take the processor from the first page.
        Raises Refusal when the first child ends, or does not answer `within` seconds: what
        fails at the first start is a wrong setting, and trying again would only hide it.
        """
        first, *others = self.children
        first.start()
        give_up = time.monotonic() + within
        while not self.asked:
            if answers():
                for child in others:
                    child.start()
                return True
            if first.ended() is not None or time.monotonic() > give_up:
                raise Refusal(
                    f"{first.name} 进程没有启动成功，原因见上面的日志。\n"
                    f"The {first.name} process did not start; the log above says why."
                )
            self.pause(0.02)
        return False

    def keep(self) -> None:
        """Restart what dies or hangs, until somebody asks to stop."""
        while not self.asked:
            self._mend()
            waits = [child.due - time.monotonic() for child in self.children if child.due]
            self.pause(min([pulse.LOOK, *waits]))

    def _mend(self) -> None:
        for child in self.children:
            status = child.ended()
            if status is not None:
                child.restart_later(status)
            elif child.due is not None and child.due <= time.monotonic():
                child.start()
            elif (pid := child.hung()) is not None:
                log("process.hung", level="error", process=child.name, pid=pid)
                # All of it and at once: what is hung hears no request, and has served nobody.
                child.kill()
                child.start()

    def stop(self) -> bool:
        """Stop one child after the other; False when any had to be killed."""
        log("house.stopping")
        clean = [self._stop_one(child) for child in self.children]
        return all(clean)

    def _stop_one(self, child: Child) -> bool:
        give_up = time.monotonic() + child.grace
        child.ask_to_stop()
        while child.pid is not None:
            if child.ended() is not None:
                break
            if self.asked > 1 or time.monotonic() > give_up:
                child.kill()
                return False
            self.pause(give_up - time.monotonic())
        return True
