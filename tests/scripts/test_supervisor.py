"""The pieces of the supervisor: restart with back-off, stop for certain, addresses."""

import os
import signal
import socket
import sys
import time

import pytest

from youthvoice.supervisor import child as child_module
from youthvoice.supervisor import lock, net, pulse
from youthvoice.supervisor.child import FIRST_WAIT, LONGEST_WAIT, Child
from youthvoice.supervisor.house import STOPPING, House
from youthvoice.supervisor.options import parse, port_number
from youthvoice.supervisor.say import Refusal
from youthvoice.supervisor.serve import welcome

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print(flush=True)
time.sleep(99)
"""
#: Starts a child of its own in the same group and lives on.
PARENT = """
import subprocess, sys
subprocess.run([sys.executable, "-c", "import time; time.sleep(99)"])
"""

#: Its heart beats until a pattern keeps the interpreter.
#: Its heart beats before it hangs: what never began is given far longer.
HANGING = """
import re, time
from youthvoice.supervisor.pulse import BEAT, beat
beat()
time.sleep(BEAT)
re.match("(a|a)*$", "a" * 99 + "b")
"""
#: Forty threads that want the processor all the time.
BUSY = """
import threading
from youthvoice.supervisor.pulse import beat
beat()
def work():
    while True:
        sum(range(1000))
for _ in range(40):
    threading.Thread(target=work).start()
"""


@pytest.fixture
def house():
    """Makes a House and gives the signals back to pytest afterwards."""
    before = {number: signal.getsignal(number) for number in (*STOPPING, signal.SIGCHLD)}
    made = []

    def make(*children):
        made.append(House(children))
        return made[-1]

    yield make
    signal.set_wakeup_fd(-1)
    for number, handler in before.items():
        signal.signal(number, handler)
    for one in made:
        for left in one.children:
            left.kill()
        one.close()


def a_child(code="import time; time.sleep(99)", *, name="worker", grace=10.0, beats=False):
    command = [sys.executable, "-c", code]
    return Child(name, command, environ=os.environ, grace=grace, beats=beats)


def test_a_child_that_ignores_the_request_is_killed(house, capfd):
    stubborn = a_child(STUBBORN, grace=0.2)
    here = house(stubborn)
    stubborn.start()
    wait_until(lambda: capfd.readouterr().out)  # it ignores SIGTERM by now

    assert here.stop() is False
    assert stubborn.pid is None


def test_what_a_child_has_started_dies_with_it(house):
    parent = a_child(PARENT)
    here = house(parent)
    parent.start()
    group = parent.pid
    wait_until(lambda: len(members(group)) == 2)
    begun = time.monotonic()

    assert here.stop() is True
    # It did not wait until they ended by themselves.
    assert time.monotonic() - begun < 60
    assert members(group) == set()


def test_a_child_that_keeps_dying_is_started_ever_later(house, monkeypatch):
    dying = a_child("raise SystemExit(3)")
    house(dying)
    waits = []
    for _ in range(9):
        dying.start()
        dying.restart_later(wait_until(dying.ended))
        waits.append(dying.wait)

    assert waits[:2] == [FIRST_WAIT * 2, FIRST_WAIT * 4]
    assert waits[-1] == LONGEST_WAIT

    # One that had been well for a while is started again soon.
    monkeypatch.setattr(child_module, "WELL_AFTER", 0.0)
    dying.restart_later(3)
    assert dying.wait == FIRST_WAIT * 2


def test_a_first_start_that_fails_is_not_tried_again(house):
    here = house(a_child("raise SystemExit(1)", name="web"))

    with pytest.raises(Refusal, match="web"):
        here.start(lambda: False, within=30)


def test_a_web_that_never_answers_is_given_up(house):
    here = house(a_child(name="web"))

    with pytest.raises(Refusal, match="web"):
        here.start(lambda: False, within=0.1)


def test_a_stop_while_waiting_for_the_first_answer(house):
    here = house(a_child(name="web"))
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGTERM))

    assert here.start(lambda: False, within=30) is False
    assert here.stop() is True


def test_what_hangs_is_killed_and_started_again_and_what_is_busy_is_not(house, monkeypatch, capfd):
    # Three beats, and twice what forty threads take in turn.
    monkeypatch.setattr(pulse, "LOOK", 0.25)
    monkeypatch.setattr(pulse, "FAIR", 0.4)
    hanging, busy = a_child(HANGING, name="hanging", beats=True), a_child(BUSY, beats=True)
    here = house(busy, hanging)
    for child in here.children:
        child.start()
    first = [child.pid for child in here.children]
    mend = here._mend

    def mend_until_mended():
        mend()
        here.asked = int(hanging.pid != first[1])

    here._mend = mend_until_mended
    here.keep()

    assert busy.pid == first[0]
    told = capfd.readouterr().err
    assert '"event": "process.hung", "level": "error"' in told
    assert '"process": "hanging"' in told
    assert '"process.died"' not in told


def test_the_lock_names_its_holder_and_is_given_back(tmp_path):
    held = lock.take(tmp_path, address="http://127.0.0.1:1")
    with pytest.raises(Refusal, match=rf"{os.getpid()}.*http://127.0.0.1:1"):
        lock.take(tmp_path, address="http://127.0.0.1:2")
    held.close()

    lock.take(tmp_path, address="http://127.0.0.1:2").close()


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(Refusal, match="file"):
        lock.make_folder(tmp_path / "file" / "data")
    with pytest.raises(Refusal, match="nowhere"):
        lock.take(tmp_path / "nowhere", address="")


@pytest.mark.parametrize(
    ("host", "address", "loopback"),
    [
        ("127.0.0.1", "http://127.0.0.1:80", True),
        ("localhost", "http://localhost:80", True),
        ("0.0.0.0", "http://127.0.0.1:80", False),
        ("::", "http://[::1]:80", False),
        ("::1", "http://[::1]:80", True),
        ("192.0.2.1", "http://192.0.2.1:80", False),
        ("voice.example", "http://voice.example:80", False),
    ],
)
def test_addresses(host, address, loopback):
    assert net.address(host, 80) == address
    assert net.is_loopback(host) is loopback


def test_a_host_that_nobody_knows_is_told(monkeypatch):
    def unknown(*_args, **_options):
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    with pytest.raises(Refusal, match=r"nowhere\.example"):
        net.check_free("nowhere.example", 80)


def test_options_come_from_the_line_then_the_environment_then_defaults(tmp_path):
    environ = {"YOUTHVOICE_HOST": "0.0.0.0", "YOUTHVOICE_PORT": "9000"}

    assert parse([], environ={}).port == 8000
    assert parse([], environ=environ).host == "0.0.0.0"
    assert parse(["--port", "9001"], environ=environ).port == 9001
    assert parse(["--data", str(tmp_path)], environ={}).data == tmp_path


@pytest.mark.parametrize("text", ["0", "65536", "", "-1", "８０００", "80.0"])
def test_a_port_is_a_whole_number(text):
    with pytest.raises(Refusal):
        port_number(text)


def test_the_welcome_offers_the_demo_only_where_nobody_else_can_come(tmp_path):
    here = parse(["--data", str(tmp_path)], environ={})
    everywhere = parse(["--data", str(tmp_path), "--host", "0.0.0.0"], environ={})

    assert "/demo/" in "\n".join(welcome(here))
    assert "/demo/" not in "\n".join(welcome(everywhere))
    assert f"create-operator --data {tmp_path}" in "\n".join(welcome(everywhere))


def members(group):
    """The pids of the living processes of a group."""
    found = set()
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat") as file:
                    state, _, its_group = file.read().rpartition(")")[2].split()[:3]
            except OSError:
                continue
            if int(its_group) == group and state != "Z":
                found.add(int(entry))
    return found


def wait_until(holds):
    end = time.monotonic() + 30
    while not (found := holds()):
        assert time.monotonic() < end
        time.sleep(0.01)
    return found
