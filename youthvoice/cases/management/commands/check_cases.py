from typing import Any

from django.core.management.base import BaseCommand, CommandError

from youthvoice.cases.queries import checking


class Command(BaseCommand):
    help = "Prove that no question is without a holder, a clock and a trail; exit 1 if one is."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(checking.without())
        for sentence in found:
            self.stderr.write(sentence)
        if found:
            raise CommandError(f"Not every question is cared for: {len(found)} faults.")
        counts = checking.counts()
        self.stdout.write(
            f"{counts['questions']} questions, each with its holder, clock and trail; "
            f"{counts['running']} clocks run."
        )
