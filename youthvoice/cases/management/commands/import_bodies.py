from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from youthvoice.cases.actions.routes import import_bodies
from youthvoice.kit import clock, tables


class Command(BaseCommand):
    help = "Make organisations from a table (XLSX, CSV); what is there already stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="XLSX, XLS, ODS or CSV; a header, then rows")
        parser.add_argument("--dry-run", action="store_true", help="say what would come, only")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            told = import_bodies(rows=tables.rows_of(file), at=clock.now(), dry_run=dry_run)
        except tables.Unreadable as problem:
            raise CommandError(str(problem)) from None
        for line, words in told.errors:
            self.stderr.write(f"line {line}: {words}")
        if told.errors:
            raise CommandError(f"{len(told.errors)} wrong lines; nothing was written.")
        would = "would be made" if dry_run else "made"
        self.stdout.write(
            f"organisations {would} {told.made}, townships {len(told.regions)}, "
            f"contacts filled in {told.filled}, unchanged {told.unchanged}"
        )
