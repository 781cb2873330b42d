"""One house a data folder: a lock held for as long as the supervisor lives."""

import fcntl
import os
from pathlib import Path
from typing import TextIO

from youthvoice.supervisor.say import Refusal


def make_folder(data: Path) -> None:
    """Make the data folder, readable by its owner only; raises Refusal with a sentence."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise Refusal(
            f"无法建立数据目录 {data}（{problem.strerror}）；请用 --data 换一个。\n"
            f"The data folder {data} can't be made ({problem.strerror}); "
            f"choose another with --data."
        ) from None


def take(data: Path, *, address: str) -> TextIO:
    """The held lock of `data`; closing it, or dying in any way, gives it back.

    The kernel's flock and not a pid file: it can't be left behind by a power cut, and no
    other process with a recycled pid can be mistaken for us. Raises Refusal naming the holder.
    """
    path = data / "run.lock"
    try:
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8")
    except OSError as problem:
        raise Refusal(
            f"无法写入数据目录 {data}（{problem.strerror}）。\n"
            f"The data folder {data} can't be written ({problem.strerror})."
        ) from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder, _, where = file.read().strip().partition(" ")
        file.close()
        raise Refusal(
            f"数据目录 {data} 已在使用：进程 {holder or '?'}，{where or '?'}。\n"
            f"The data folder {data} is in use already: process {holder or '?'}, {where or '?'}."
        ) from None
    file.truncate(0)
    file.write(f"{os.getpid()} {address}\n")
    file.flush()
    return file
