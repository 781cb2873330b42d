"""How the supervisor tells a process that hangs from one that is busy, starved or asleep."""

import os
import signal
import struct
import subprocess
import sys
import threading
from types import SimpleNamespace

import pytest

from tests.scripts.test_supervisor import wait_until
from youthvoice.supervisor import pulse as pulse_module
from youthvoice.supervisor.pulse import FAIR, SILENT_MOST, UNBORN_MOST, VARIABLE, Pulse, beat


@pytest.fixture
def clock(monkeypatch):
    """The supervisor's clock, which only the test moves."""
    now = SimpleNamespace(seconds=1000.0)
    monkeypatch.setattr(pulse_module, "time", SimpleNamespace(monotonic=lambda: now.seconds))
    return now


@pytest.fixture
def pulse(clock):
    heard = Pulse()
    yield heard
    heard.close()


@pytest.fixture
def look(pulse, clock):
    """Let a second pass in which these beat, and look."""

    def look(*beating, seconds=1.0):
        for pid in beating:
            os.write(pulse.theirs, struct.pack("=I", pid))
        clock.seconds += seconds
        return pulse.hung()

    return look


#: Numbers that no process has.
ONE, TWO = 2**31, 2**31 + 1


def test_who_beats_no_more_is_hung(look):
    look(ONE)

    assert [look() for _ in range(SILENT_MOST)] == [None] * (SILENT_MOST - 1) + [ONE]


def test_a_single_beat_is_enough(look):
    for _ in range(5):
        look(ONE)
        assert [look() for _ in range(SILENT_MOST - 1)] == [None] * (SILENT_MOST - 1)


def test_of_two_processes_the_silent_one_is_hung(look):
    look(ONE, TWO)

    assert [look(TWO) for _ in range(SILENT_MOST)][-1] == ONE


def test_while_the_supervisor_stands_still_nobody_is_silent(look):
    """Stopped with its whole group, or with the machine: an hour later all go on together."""
    look(ONE)

    assert look(seconds=3600.0) is None
    assert look(ONE) is None
    assert [look(seconds=3600.0) for _ in range(SILENT_MOST - 1)] == [None] * (SILENT_MOST - 1)


def test_looks_come_no_closer_than_a_second(look):
    look(ONE)

    assert [look(seconds=0.01) for _ in range(90)] == [None] * 90


def test_who_never_begins_is_hung_too(look):
    assert [look() for _ in range(UNBORN_MOST)] == [None] * (UNBORN_MOST - 1) + [0]


def test_who_gets_no_processor_is_starved_and_not_hung(look, monkeypatch):
    spent = 5.0
    monkeypatch.setattr(pulse_module, "_spent", lambda pid: spent)
    monkeypatch.setattr(pulse_module, "_waits", lambda pid: True)
    look(ONE)

    assert [look() for _ in range(99)] == [None] * 99
    # It got what was fair, and still no beat: it is hung.
    spent += FAIR
    assert look() == ONE


def test_what_the_system_tells_of_a_process():
    """Busy it waits for the processor and has its seconds counted; stopped it does neither."""
    busy = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        assert wait_until(lambda: pulse_module._spent(busy.pid) > 0)
        assert wait_until(lambda: pulse_module._waits(busy.pid))
        busy.send_signal(signal.SIGSTOP)
        assert wait_until(lambda: not pulse_module._waits(busy.pid))
    finally:
        busy.kill()
        busy.wait()
    assert pulse_module._spent(busy.pid) == 0
    assert not pulse_module._waits(busy.pid)


@pytest.fixture
def heart(monkeypatch):
    """Begins the heart of this process; gives the thread and the pipe's end to listen at."""
    ours, theirs = os.pipe()
    os.set_blocking(ours, False)
    os.set_blocking(theirs, False)
    monkeypatch.setenv(VARIABLE, str(theirs))
    monkeypatch.setattr(pulse_module, "BEAT", 0.01)

    def begin():
        beat()
        (thread,) = [one for one in threading.enumerate() if one.name == "heart"]
        return thread

    yield SimpleNamespace(begin=begin, ours=ours, theirs=theirs)
    os.close(ours)
    wait_until(lambda: all(one.name != "heart" for one in threading.enumerate()))
    os.close(theirs)


def test_a_heart_says_whose_it_is(heart):
    heart.begin()

    assert wait_until(lambda: read(heart.ours))[:4] == struct.pack("=I", os.getpid())


def test_a_heart_outlives_a_supervisor_that_does_not_listen(heart):
    while heart.theirs:
        try:
            os.write(heart.theirs, b"1234")
        except BlockingIOError:
            break
    thread = heart.begin()
    thread.join(0.05)
    while b"1234" in read(heart.ours):
        pass

    assert thread.is_alive()
    assert wait_until(lambda: read(heart.ours))[:4] == struct.pack("=I", os.getpid())


def test_without_somebody_who_listens_there_is_no_heart(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    beat()

    assert [one.name for one in threading.enumerate() if one.name == "heart"] == []


def read(pipe):
    try:
        return os.read(pipe, 65536)
    except BlockingIOError:
        return b""
