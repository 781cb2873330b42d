import getpass
import os
import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from youthvoice.sealed import keyfiles

#: As sign-in names are; the house looks for the public half under the person's name.
_NAME = re.compile(r"[\w.@+-]{1,150}")


class Command(BaseCommand):
    help = "Make the key pair of one of the two people who may open sealed records."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the person's sign-in name")
        parser.add_argument("--to", type=Path, default=Path(), help="the folder for both files")

    def handle(self, *args: Any, name: str, to: Path, **options: Any) -> None:
        """Writes NAME.pub for the house, and NAME.key, which the person keeps outside it."""
        name = name.lower()
        if not _NAME.fullmatch(name):
            raise CommandError(f"{name!r} can't be a sign-in name.")
        private, public = to / f"{name}.key", to / f"{name}.pub"
        for path in (private, public):
            if path.exists():
                raise CommandError(f"{path} is there already; no key is ever overwritten.")
        pair = keyfiles.make(self._passphrase())
        try:
            _write(private, pair.private_text, mode=0o600)
            _write(public, pair.public_text, mode=0o644)
        except OSError as problem:
            raise CommandError(f"{to} can't be written: {problem.strerror}.") from None
        self.stdout.write(
            f"{private}: yours. Keep it and a copy outside the house, the passphrase apart.\n"
            f"{public}: for the house's folder keys/sealed/.\n"
            f"The pair is {pair.id}: write it down, and compare it on /sealed/."
        )

    def _passphrase(self) -> str:
        words = getpass.getpass("Passphrase: ")
        if len(words) < keyfiles.PASSPHRASE_LEAST:
            raise CommandError(f"At least {keyfiles.PASSPHRASE_LEAST} characters, please.")
        if getpass.getpass("The same again: ") != words:
            raise CommandError("The two are not the same.")
        if not words.isprintable():
            raise CommandError("There is something in it that can't be read: type it anew.")
        return words


def _write(path: Path, text: str, *, mode: int) -> None:
    # Exclusive: of two that make the same name at once, one fails.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
