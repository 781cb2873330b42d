from argparse import ArgumentParser, FileType
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from youthvoice.kit import clock
from youthvoice.yours import actions, queries


class Command(BaseCommand):
    help = "List who was erased, by number; after a restored backup, erase them again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", type=FileType("r"), help="a list that this command made")

    def handle(self, *args: Any, again: Any, **options: Any) -> None:
        if again is None:
            for account, answers_too, at in queries.erased():
                words = "with-answers" if answers_too else "-"
                self.stdout.write(f"{account} {words} {at.isoformat()}")
            return
        with again:
            rows = [_row(number, line) for number, line in enumerate(again, 1) if line.strip()]
        many = sum(actions.erase_again(**row, at=clock.now()) for row in rows)
        self.stdout.write(f"{many} of {len(rows)} were back; the worker erases them now.")


def _row(number: int, line: str) -> dict[str, Any]:
    try:
        account, words, at = line.split()
        erased_at = datetime.fromisoformat(at)
        if erased_at.tzinfo is None:
            raise ValueError
        return {
            "account": int(account),
            "answers_too": {"with-answers": True, "-": False}[words],
            "erased_at": erased_at,
        }
    except (ValueError, KeyError):
        raise CommandError(f"line {number} is not one that this command wrote") from None
