"""`youthvoice serve`: prepare the data folder, start the processes, say where to go."""

import os
import sys
from collections.abc import Sequence

from youthvoice.supervisor import lock, net
from youthvoice.supervisor.child import Child, python
from youthvoice.supervisor.house import House
from youthvoice.supervisor.options import DEFAULT_DATA, Options, parse
from youthvoice.supervisor.say import Refusal, log, tell

#: Seconds for the requests under way, and for the worker's step, to end by themselves.
WEB_GRACE = 20.0
WORKER_GRACE = 15.0
#: Seconds within which the web must answer for the first time.
FIRST_ANSWER = 60.0
#: Bytes from which on memory goes back to the system as soon as it is free. Without a word from us
#: glibc raises its own bound to the 19 MB of the first slow hash, and then each thread keeps as
#: much for good (measured: 75 MB of four threads, which is what a web process grew by).
GIVEN_BACK_FROM = 1024 * 1024
#: Bytes at a heap's end that stay for what comes next. glibc's own 128 kB are less than the answers
#: of one moment, and were given back and asked for again with each: half of all that a page took.
KEPT_AT_HAND = 4 * 1024 * 1024


def main(words: Sequence[str]) -> int:
    """Serve until told to stop; returns the exit status (0 after a clean stop)."""
    try:
        return serve(parse(words, environ=os.environ))
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return refusal.status


def serve(options: Options) -> int:
    address = net.address(options.host, options.port)
    lock.make_folder(options.data)
    with lock.take(options.data, address=address):
        net.check_free(options.host, options.port)
        environ = environment(options)
        web = Child("web", module("web"), environ=environ, grace=WEB_GRACE, beats=True)
        worker = Child(
            "worker", python("-m", "youthvoice", "worker"), environ=environ, grace=WORKER_GRACE
        )
        house = House([web, worker])
        wanted = module("prepare", *([] if options.demo else ["--no-demo"]))
        status = house.finish(Child("prepare", wanted, environ=environ, grace=WORKER_GRACE))
        if status or house.asked:
            return status
        try:
            if house.start(lambda: net.answers(options.host, options.port), within=FIRST_ANSWER):
                log("house.ready", address=address)
                tell(*welcome(options))
                house.keep()
        finally:
            clean = house.stop()
        log("house.stopped", clean=clean)
        return 0 if clean else 1


def module(name: str, *words: str) -> list[str]:
    return python("-m", f"youthvoice.supervisor.{name}", *words)


def environment(options: Options) -> dict[str, str]:
    """What the children are told: the settings read these (config/settings.py)."""
    return {
        "MALLOC_MMAP_THRESHOLD_": str(GIVEN_BACK_FROM),
        "MALLOC_TRIM_THRESHOLD_": str(KEPT_AT_HAND),
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "YOUTHVOICE_DATA": str(options.data),
        "YOUTHVOICE_HOST": options.host,
        "YOUTHVOICE_PORT": str(options.port),
        # A log line must be out before the process that wrote it may be killed.
        "PYTHONUNBUFFERED": "1",
    }


def welcome(options: Options) -> list[str]:
    """The lines that say where to go and how to sign in."""
    address = net.address(options.host, options.port)
    lines = ["", f"青年之声已就绪 / Youth Voice is ready:  {address}/"]
    if options.demo and net.is_loopback(options.host):
        lines += [
            f"登录：打开 {address}/demo/ ，选一个角色。",
            f"To sign in, open {address}/demo/ and choose a role.",
        ]
    else:
        data = "" if options.data == DEFAULT_DATA else f" --data {options.data}"
        command = f".venv/bin/youthvoice create-operator{data}"
        lines += [
            f"登录：先用 {command} 建立管理员，再打开 {address}/accounts/login/ 。",
            f"To sign in, make an operator with {command} and open {address}/accounts/login/ .",
        ]
    return [*lines, "Ctrl-C 停止 / Ctrl-C stops.", ""]
