from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from youthvoice.journal import queries

_WORDS = {
    "changed": "its content does not match its hash",
    "missing": "it is missing",
    "re-ordered": "it does not follow the entry before it",
    "head": "the chain does not end, or pass, where it was noted",
}
_OF_ROWS = {
    "no entry": "the journal has no entry of it",
    "other words": "its words are not those of its entry",
}
_SHOWN = 50


class Command(BaseCommand):
    help = (
        "Check the journal's hash chain, and that it has an entry of what stands in other tables; "
        "exit 1 if an entry was changed, removed or moved, or words were rewritten."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anchor",
            metavar="N:HASH",
            help="a head printed by an earlier run and kept elsewhere; finds a rewritten chain",
        )

    def handle(self, *args: Any, anchor: str | None, **options: Any) -> None:
        try:
            found = list(islice(_told(_parse(anchor)), _SHOWN + 1))
        except DatabaseError as problem:
            # A column holds what nobody could write into it by a page: it can't even be read.
            raise CommandError(f"The journal can't be read: {problem}") from problem
        for line in found[:_SHOWN]:
            self.stderr.write(line)
        if found:
            more = " at least" if len(found) > _SHOWN else ""
            raise CommandError(f"The journal does not hold:{more} {len(found)} faults.")
        seq, head = queries.head()
        self.stdout.write(f"The journal holds: {seq} entries, head {seq}:{head}")


def _told(anchor: tuple[int, str] | None) -> Iterator[str]:
    for fault in queries.faults(anchor=anchor):
        yield f"entry {fault.seq}: {fault.kind} ({_WORDS[fault.kind]})"
    for stray in queries.strays():
        verbs = " or ".join(stray.verbs)
        yield f"{stray.row}: {stray.kind} ({_OF_ROWS[stray.kind]}: {verbs})"


def _parse(anchor: str | None) -> tuple[int, str] | None:
    if anchor is None:
        return None
    number, _, digest = anchor.partition(":")
    if not number.isdecimal() or len(digest) != 64:
        raise CommandError("--anchor must look like 120:HASH, as verify-journal prints it.")
    return int(number), digest
