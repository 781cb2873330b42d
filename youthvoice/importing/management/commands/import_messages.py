import codecs
import json
import re
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from youthvoice.importing import actions
from youthvoice.journal import actions as journal
from youthvoice.kit import clock
from youthvoice.kit.text import shown_name

#: Rows a transaction: killed in the middle, at most so many are taken again.
_BATCH = 100
#: What is told line by line; the rest is only counted.
_TOLD = 1000


class Command(BaseCommand):
    help = "Import questions from a JSON Lines file; what is there already stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="one JSON object a line, UTF-8")
        parser.add_argument(
            "--source",
            default="messages",
            help="name of where the ids come from, so that two files' ids never meet",
        )
        parser.add_argument("--no-progress", action="store_true", help="no progress bar")

    def handle(
        self, *args: Any, file: Path, source: str, no_progress: bool, **options: Any
    ) -> None:
        if not re.fullmatch(r"[a-z0-9-]{1,20}", source):
            raise CommandError("--source takes 1 to 20 of a-z, 0-9 and -.")
        try:
            lines = file.open("rb")
        except OSError as problem:
            raise CommandError(f"{file}: {problem.strerror}") from None
        self.counts = dict.fromkeys([*actions.How, "refused"], 0)
        self.unclear = self.told = 0
        self.unused: set[str] = set()
        bar = tqdm(
            total=file.stat().st_size,
            unit="B",
            unit_scale=True,
            file=sys.stderr,
            disable=no_progress or None,
        )
        with lines, bar:
            batch: list[tuple[int, bytes]] = []
            for number, line in enumerate(lines, start=1):
                batch.append((number, line))
                bar.update(len(line))
                if len(batch) == _BATCH:
                    self._take(batch, source)
                    batch = []
            self._take(batch, source)
        counts = [
            f"{how} {many}" for how, many in self.counts.items() if many or how != "differing"
        ]
        unclear = f"; regions not understood {self.unclear}" if self.unclear else ""
        self.stdout.write(", ".join(counts) + unclear)

    def _take(self, batch: list[tuple[int, bytes]], source: str) -> None:
        at = clock.now()
        with journal.batch():
            for number, line in batch:
                # A byte order mark may stand at the beginning.
                if not line.removeprefix(codecs.BOM_UTF8).strip():
                    continue
                try:
                    taken = actions.import_row(_parse(line), source=source, at=at)
                except actions.Refused as problem:
                    self.counts["refused"] += 1
                    self._tell(number, str(problem))
                    continue
                self.counts[taken.how] += 1
                if taken.differs:
                    self._tell(
                        number, f"id 已经有了，{'、'.join(taken.differs)} 不一样：原来的没有动"
                    )
                # Of a slip in a column's name, one line tells: regoin.
                if taken.unused and (new := {*taken.unused} - self.unused):
                    self.unused |= new
                    names = "、".join(map(shown_name, sorted(new)))
                    self._tell(number, f"这些列没有用到：{names}")
                if taken.unclear:
                    self.unclear += 1
                    self._tell(number, taken.unclear)

    def _tell(self, number: int, words: str) -> None:
        self.told += 1
        if self.told <= _TOLD:
            tqdm.write(f"line {number}: {words}", file=sys.stderr)


def _parse(line: bytes) -> Any:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise actions.Refused("不是 UTF-8") from None
    except (ValueError, RecursionError):
        raise actions.Refused("不是 JSON") from None
