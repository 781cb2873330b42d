import csv
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from youthvoice.kit import clock, tables
from youthvoice.kit.letters import link
from youthvoice.orgs import actions, policy
from youthvoice.orgs.choices import INVITED_DAYS
from youthvoice.people.models import User


class Command(BaseCommand):
    help = "Give people roles from a table (XLSX, CSV), by sign-in name or by a link for each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="XLSX, XLS, ODS or CSV; a header, then rows")
        parser.add_argument("--by", required=True, help="sign-in name of the operator who invites")
        parser.add_argument("--days", type=int, choices=INVITED_DAYS, default=30)
        parser.add_argument("--links", type=Path, help="a new file for the links, as CSV")
        parser.add_argument("--dry-run", action="store_true", help="say what would come, only")

    def handle(
        self,
        *args: Any,
        file: Path,
        by: str,
        days: int,
        links: Path | None,
        dry_run: bool,
        **options: Any,
    ) -> None:
        operator = User.objects.filter(username=by.lower()).first()
        if operator is None or not policy.is_operator(operator):
            raise CommandError(f"--by: {by} is no operator.")
        try:
            rows = tables.rows_of(file)
        except tables.Unreadable as problem:
            raise CommandError(str(problem)) from None
        if not dry_run and links is None and any(not row.get("登录名") for _line, row in rows):
            raise CommandError(
                "Rows without 登录名 get a link: say with --links where to write it."
            )
        if links is not None and links.exists():
            raise CommandError(f"--links: {links} is there already.")
        told = actions.import_members(
            rows=rows, by=operator, days=days, at=clock.now(), dry_run=dry_run
        )
        for line, words in told.errors:
            self.stderr.write(f"line {line}: {words}")
        if told.errors:
            raise CommandError(f"{len(told.errors)} wrong lines; nothing was written.")
        if told.links and links is not None:
            _write(links, told)
        would = "would be made" if dry_run else "made"
        self.stdout.write(
            f"members and links {would} {told.made} (links {len(told.links)}), "
            f"unchanged {told.unchanged}"
        )


def _write(path: Path, told: actions.Imported) -> None:
    """Whoever reads the file can join: for its owner only."""
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    # With a mark, so that spreadsheets read it as UTF-8.
    with os.fdopen(number, "w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(["组织", "称呼", "链接"])
        for _line, body, whom, token in told.links:
            out.writerow([body, whom, link(reverse("orgs:join", args=[token]))])
