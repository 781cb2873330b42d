"""A whole house as ./run starts it, on a free port and in a folder of the test's own."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
RUN = str(ROOT / "run")
COMMAND = str(ROOT / ".venv/bin/youthvoice")
#: Seconds for what takes a few on an idle machine (the first start with the demo: 30).
PATIENCE = 180.0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def run(*words: str, **kept) -> subprocess.CompletedProcess[str]:
    """One command to its end: exit status and what it said."""
    return subprocess.run(
        words, capture_output=True, text=True, timeout=PATIENCE, check=False, **kept
    )


def real_environ(**more: str) -> dict[str, str]:
    """The environment, with the settings of a house and not those of the tests."""
    return {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"} | more


class House:
    """Starts on entering the context; leaves no process behind, whatever the test does."""

    #: What starts it, before its options.
    command: tuple[str, ...] = (RUN,)

    def __init__(self, data: Path, *options: str, **environ: str) -> None:
        self.data = data
        self.port = free_port()
        self.options = [*options, "--data", str(data), "--port", str(self.port)]
        self.environ = real_environ(**environ)
        self.log_path = data.with_name(data.name + ".log")
        self.seen: set[psutil.Process] = set()

    def __enter__(self):
        self.start()
        try:
            self.wait_until_ready()
        except BaseException:
            self.__exit__()
            raise
        return self

    def wait_until_ready(self) -> None:
        self.until(lambda: "Ctrl-C" in self.log(), "the house says that it is ready")

    def start(self) -> None:
        with self.log_path.open("w") as log:
            # A session of its own: a signal to its group must not reach pytest.
            self.process = psutil.Popen(
                [*self.command, *self.options],
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def __exit__(self, *_: object) -> None:
        for process in [self.process, *self.remember()]:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.wait(PATIENCE)

    def log(self) -> str:
        return self.log_path.read_text()

    def until(self, holds, what: str):
        """Wait until `holds()` is true and return it; fails, with the log, when it never is."""
        end = time.monotonic() + PATIENCE
        while not (found := holds()):
            ended = self.process.poll() is not None
            assert not ended, f"the house ended before {what}:\n{self.log()}"
            assert time.monotonic() < end, f"in vain waited until {what}:\n{self.log()}"
            time.sleep(0.02)
        return found

    def get(self, path: str) -> int | None:
        """The status of a page, None while nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as page:
                return page.status
        except urllib.error.HTTPError as problem:
            with problem:
                return problem.code
        except OSError:
            return None

    def child(self, name: str) -> psutil.Process | None:
        """The supervisor's child whose command line ends with `name` (web, worker).

        Each leads a session; what a killed one has left behind, and the supervisor has
        adopted, does not.
        """
        for process in self.process.children():
            with suppress(psutil.NoSuchProcess, ProcessLookupError, IndexError):
                if process.cmdline()[-1].endswith(name) and os.getsid(process.pid) == process.pid:
                    return process
        return None

    def is_well(self) -> bool:
        """Whether it runs with all of its processes and answers."""
        alive = self.process.poll() is None and self.child("web") and self.child("worker")
        return bool(alive) and self.get("/robots.txt") == 200

    def remember(self) -> set[psutil.Process]:
        """Everything that the house has started so far and that we have seen."""
        with suppress(psutil.NoSuchProcess):
            self.seen |= set(self.process.children(recursive=True))
        return self.seen

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask to stop and return the exit status; fails when a process is left behind."""
        self.remember()
        self.process.send_signal(number)
        status = self.process.wait(PATIENCE)
        self.assert_nothing_left()
        return status

    def assert_nothing_left(self, within: float = 0.5) -> None:
        end = time.monotonic() + within
        while (left := [one for one in self.seen if runs(one)]) and time.monotonic() < end:
            time.sleep(0.02)
        assert not left, f"left behind: {left}\n{self.log()}"


def runs(process: psutil.Process) -> bool:
    """Whether it still runs; a dead orphan may wait for a container's init for ever."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
