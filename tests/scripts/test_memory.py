"""What slow hashes take of memory is given back when they are done."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from youthvoice.supervisor.options import parse
from youthvoice.supervisor.serve import environment

#: Four threads hash at a time, as they do when four ask without a name; keeps a little of each.
HASHES = """
import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from argon2.low_level import Type, hash_secret_raw

def held():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20

def hashes(_):
    barrier.wait()
    for _ in range(2):
        hash_secret_raw(b"1234567890123456", b"salt" * 4, 1, 19456, 1, 32, Type.ID)
    return [bytearray(3000) for _ in range(50)]

barrier, before = Barrier(4), held()
with ThreadPoolExecutor(4) as pool:
    kept = list(pool.map(hashes, range(4)))
print(held() - before)
"""

pytestmark = pytest.mark.skipif(
    not (Path("/proc/self/statm").exists() and "CS_GNU_LIBC_VERSION" in os.confstr_names),
    reason="only glibc on Linux keeps it",
)


def megabytes_kept(environ):
    words = [sys.executable, "-c", HASHES]
    ran = subprocess.run(words, env=environ, capture_output=True, text=True, check=True)
    return int(ran.stdout)


def test_the_house_gives_back_what_slow_hashes_took(tmp_path):
    environ = environment(parse(["--data", str(tmp_path)], environ={}))

    assert megabytes_kept(environ) < 15


def test_a_process_that_is_told_nothing_keeps_it():
    environ = {k: v for k, v in os.environ.items() if not k.startswith("MALLOC_")}

    assert megabytes_kept(environ) > 40
