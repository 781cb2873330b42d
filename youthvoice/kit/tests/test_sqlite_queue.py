"""Who writes to SQLite comes in turn; against a lock alone, with which they would overtake.

Beside test_sqlite.py, which tells what queues and when the queue is left.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings

from youthvoice.kit.sqlite.queue import HAS_NUMBERS, Crush, Queue
from youthvoice.kit.tests.test_sqlite import PATIENCE, in_thread


@pytest.fixture
def path(tmp_path):
    return tmp_path / "house.sqlite3.queue"


numbered = pytest.mark.skipif(not HAS_NUMBERS, reason="this system has no locks of open files")


def come(queue, said, name):
    """Come to the queue, say so when it is one's turn, and leave."""
    queue.enter()
    said.append(name)
    queue.leave()


def wait_for(queue, *, coming):
    """Until so many have taken a number since the queue was made."""
    end_of_patience = time.monotonic() + PATIENCE
    while int.from_bytes(os.pread(queue._file, 8, 0), "little") < coming:
        assert time.monotonic() < end_of_patience
        time.sleep(0.001)


@numbered
def test_whoever_comes_again_waits_behind_those_who_were_there(path):
    said, queues = [], [Queue(str(path)) for _ in range(4)]
    first, *others = queues
    first.enter()
    with ThreadPoolExecutor(len(others)) as pool:
        for number, other in enumerate(others, 1):
            pool.submit(come, other, said, number)
            wait_for(first, coming=number + 1)

        first.leave()
        come(first, said, "again")

    assert said == [1, 2, 3, "again"]
    for queue in queues:
        queue.close()


def test_with_a_lock_alone_they_would_overtake(path):
    """What the numbers are for: the kernel wakes who waits, and that takes a moment."""
    first, other = Crush(str(path)), Crush(str(path))
    overtaken = 0
    with ThreadPoolExecutor(1) as pool:
        for _ in range(200):
            said = []
            first.enter()
            waiting = pool.submit(come, other, said, "waited")
            time.sleep(0.002)
            first.leave()
            come(first, said, "again")
            waiting.result(PATIENCE)
            overtaken += said == ["again", "waited"]
            if overtaken:
                break

    assert overtaken
    first.close()
    other.close()


@numbered
def test_one_who_is_gone_from_the_middle_lets_nobody_in_early(path):
    first, middle, last = (Queue(str(path)) for _ in range(3))
    first.enter()
    # As the kernel leaves it when a process is killed while it waits.
    middle._number = middle._next_number()
    middle.close()
    said = []
    waiting = in_thread(come, last, said, "last")
    assert not waiting.done()

    first.leave()

    waiting.result(PATIENCE)
    first.close()
    last.close()


#: Comes again and again, and writes its letter whenever it is its turn.
COMER = """
import os, sys, time
from youthvoice.kit.sqlite import queue
kind, path, letter = sys.argv[1:]
place = getattr(queue, kind)(path)
said = os.open(path + ".said", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
print("ready", flush=True)
sys.stdin.readline()
for _ in range(60):
    place.enter()
    time.sleep(0.001)
    os.write(said, letter.encode())
    place.leave()
"""


def share_in_turn(path, kind):
    """Of four processes: how often each of the others had a turn before the same one again."""
    comers = [
        subprocess.Popen(
            [sys.executable, "-c", COMER, kind, str(path), letter],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for letter in "abcd"
    ]
    for comer in comers:
        assert comer.stdout.readline() == "ready\n"
    for comer in comers:
        comer.stdin.write("go\n")
        comer.stdin.flush()
    for comer in comers:
        comer.communicate(timeout=PATIENCE)
        assert comer.returncode == 0
    said = path.with_name(path.name + ".said").read_text()
    # Only as long as all four are there.
    said = said[max(map(said.index, "abcd")) : min(map(said.rindex, "abcd"))]
    return sum(len({*said[n : n + 4]}) == 4 for n in range(len(said) - 3)) / (len(said) - 3)


@numbered
def test_four_processes_that_never_pause_come_in_turn(path):
    assert share_in_turn(path, "Queue") > 0.8


@numbered
def test_with_a_lock_alone_four_processes_crowd_each_other_out(path):
    assert share_in_turn(path, "Crush") < 0.8
