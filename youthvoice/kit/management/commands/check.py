from typing import Any

from django.core.management.commands import check
from django.db import connection

from youthvoice.kit.sqlite import library


class Command(check.Command):
    """Django's own, which first says on which SQLite the house runs."""

    def handle(self, *labels: Any, **options: Any) -> None:
        # Not a check of Django's: those of this kind would be printed by every other command.
        if connection.vendor == "sqlite":
            self.stdout.write(library.told())
            for sentence in library.warning():
                self.stderr.write(sentence)
        super().handle(*labels, **options)
