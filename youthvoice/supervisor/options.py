"""The options of `./run` and `youthvoice serve`.

Imports the standard library only: `./run` checks its options with this module before
anything is installed.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from youthvoice.supervisor.say import Refusal

PROJECT = Path(__file__).resolve().parents[2]
DEFAULT_DATA = PROJECT / "var"
HELP = Path(__file__).with_name("help.txt")


@dataclass(frozen=True)
class Options:
    """What to serve and where; `data` is absolute."""

    host: str
    port: int
    data: Path
    demo: bool


class _Parser(argparse.ArgumentParser):
    def format_help(self) -> str:
        return HELP.read_text(encoding="utf-8")

    def error(self, message: str) -> NoReturn:
        raise Refusal(
            f"看不懂这些选项（{message}）；./run --help 列出所有选项。\n"
            f"These options make no sense ({message}); ./run --help lists them all.",
            status=2,
        )


def port_number(text: str) -> int:
    """A TCP port from its decimal digits; raises Refusal with a sentence."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise Refusal(
            f"端口应是 1 到 65535 之间的整数，不是 {text!r}。\n"
            f"The port must be a whole number from 1 to 65535, not {text!r}.",
            status=2,
        )
    return int(text)


def parse(words: Sequence[str], *, environ: Mapping[str, str]) -> Options:
    """Options from the command line, else the environment, else their defaults.

    Raises Refusal (status 2) with a sentence, SystemExit(0) after printing the help.
    """
    parser = _Parser(prog="./run", allow_abbrev=False)
    parser.add_argument("--host", default=environ.get("YOUTHVOICE_HOST") or "127.0.0.1")
    parser.add_argument("--port", default=environ.get("YOUTHVOICE_PORT") or "8000")
    parser.add_argument("--data", default=environ.get("YOUTHVOICE_DATA") or str(DEFAULT_DATA))
    parser.add_argument("--no-demo", action="store_true")
    found = parser.parse_args(words)
    return Options(
        host=found.host.strip("[]"),
        port=port_number(found.port),
        data=Path(found.data).expanduser().resolve(),
        demo=not found.no_demo,
    )


if __name__ == "__main__":
    try:
        parse(sys.argv[1:], environ=os.environ)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        sys.exit(refusal.status)
