import csv
import os
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from youthvoice.kit import clock, tables
from youthvoice.kit.letters import link
from youthvoice.kit.sheets import cell
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
        # Links that nobody can read any more would stay open: the file comes first.
        with _opened(None if dry_run else links) as out, transaction.atomic():
            told = actions.import_members(
                rows=rows, by=operator, days=days, at=clock.now(), dry_run=dry_run
            )
            for line, words in told.errors:
                self.stderr.write(f"line {line}: {words}")
            if told.errors:
                raise CommandError(f"{len(told.errors)} wrong lines; nothing was written.")
            _write(out, told)
        would = "would be made" if dry_run else "made"
        self.stdout.write(
            f"members and links {would} {told.made} (links {len(told.links)}), "
            f"unchanged {told.unchanged}"
        )


@contextmanager
def _opened(path: Path | None) -> Iterator[IO[str] | None]:
    """A new file, which goes again when nothing came of it; an empty one is what a run that was
    killed has left. Whoever reads it can join: it is for its owner only.
    """
    if path is None:
        yield None
        return
    try:
        if path.is_file() and not path.stat().st_size:
            path.unlink()
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise CommandError(f"--links: {path} is there already.") from None
    except OSError as problem:
        raise CommandError(f"--links: {path}: {problem.strerror}") from None
    try:
        # With a mark, so that spreadsheets read it as UTF-8.
        with os.fdopen(number, "w", encoding="utf-8-sig", newline="") as file:
            yield file
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _write(file: IO[str] | None, told: actions.Imported) -> None:
    if file is None:
        return
    out = csv.writer(file)
    out.writerow(["组织", "称呼", "链接"])
    for _line, body, whom, token in told.links:
        out.writerow([cell(body), cell(whom), link(reverse("orgs:join", args=[token]))])
    file.flush()
